"""lambda-url-auth: every function URL asks its callers to sign their requests.

Why: a URL without authorization runs the function for anyone, past API, firewall and limits.

Remedy: set `authorizationType` to `AWS_IAM`; a CloudFront origin signs by origin access control.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(url: Resource) -> Findings:
    """Read the authorization type, which has no default."""
    kind = url.text("authorizationType")
    if kind != "AWS_IAM":
        yield f"authorizationType is {kind}: anyone on the internet may invoke the function"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION_URL,
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_258", "LambdaFunctionUrlAuth", "CloudFront.16"),
)
