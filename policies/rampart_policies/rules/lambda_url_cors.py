"""lambda-url-cors: a function URL answers browsers only for origins it names.

Why: with any origin allowed, every web site may use the function with its visitors' browsers.

Remedy: list the origins in `cors.allowOrigins`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(url: Resource) -> Findings:
    """Read the allowed origins; without any, browsers of other origins get no answer."""
    for origin in url.block("cors").texts("allowOrigins"):
        if origin in {"*", "http://*", "https://*"}:
            yield f"cors.allowOrigins has {origin}: every web site may read the answers"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION_URL,
    severity=Severity.MEDIUM,
    covers=("CKV2_AWS_75",),
)
