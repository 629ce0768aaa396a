"""lambda-runtime: every zip function runs on a runtime that AWS still patches.

Why: a deprecated runtime gets no security updates, and AWS blocks updates of its functions.

Remedy: set `runtime` to a supported version, newest first.
"""

import re

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Setting, Severity, resource_rule
from rampart_policies.values import NotApplicableError

# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, those supported into 2027
# (as of November 2026, when .NET 8 had just been deprecated).
SUPPORTED = r"python3\.1[1-4]|nodejs2[24]\.x|java(17|21|25)|dotnet10|ruby3\.[34]|provided\.al2023"


def check(function: Resource, *, supported: str) -> Findings:
    """Compare the runtime; image functions bring their own and are judged elsewhere."""
    if function.text("packageType") == "Image":
        raise NotApplicableError
    runtime = function.text("runtime")
    if not re.fullmatch(supported, runtime or ""):
        yield f"runtime is {runtime}, which gets no security updates"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.HIGH,
    covers=("CKV_AWS_363", "L1", "Serverless-LambdaLatestVersion", "Lambda.2"),
    settings={"supported": Setting(SUPPORTED, "pattern of the runtimes that are allowed")},
)
