"""The few things every function needs."""

import logging

# At INFO, which the functions' own lines need, the SDKs tell of every credential lookup and patched
# module: a dozen lines a cold start that nobody reads and CloudWatch bills.
for _library in ("aws_xray_sdk", "botocore", "httpx"):
    logging.getLogger(_library).setLevel(logging.WARNING)
