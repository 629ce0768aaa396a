"""api-tracing: every REST stage records its requests with X-Ray.

Why: a trace that begins in the function hides what the API added, and loses refused requests.

Remedy: set `xrayTracingEnabled`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Patch, Severity, resource_rule


def check(stage: Resource) -> Findings:
    """Read the switch; HTTP APIs have none."""
    if not stage.flag("xrayTracingEnabled"):
        yield "xrayTracingEnabled is false: traces begin behind the API"


def remediate(_: Resource) -> Patch:
    """Switch tracing on; it needs no permission."""
    return {"xrayTracingEnabled": True}


RULE = resource_rule(
    __doc__,
    check,
    on=aws.API_STAGE,
    severity=Severity.LOW,
    house=True,
    covers=("CKV_AWS_73", "Serverless-APIGWXrayEnabled", "APIGateway.3"),
    remediate=remediate,
)
