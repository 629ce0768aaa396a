"""api-access-log: every API stage logs who called what.

Why: without access log nobody can tell afterwards which calls were made, by whom, and which failed.

Remedy: set `accessLogSettings.destinationArn` to a log group.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(stage: Resource) -> Findings:
    """Look for a destination; REST and HTTP stages name it alike."""
    if not stage.has("accessLogSettings.destinationArn"):
        yield "accessLogSettings is not set: calls leave no record"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.API_STAGE, aws.HTTP_API_STAGE),
    severity=Severity.MEDIUM,
    covers=(
        "CKV_AWS_76",
        "CKV_AWS_95",
        "APIG1",
        "Serverless-APIGWAccessLogging",
        "APIGateway.9",
    ),
)
