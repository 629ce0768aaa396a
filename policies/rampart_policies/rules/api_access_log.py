"""api-access-log: every API stage logs who called what.

Why: without an access log it is not known afterwards which calls were made, by whom, and with
which result.

Remedy: set `accessLogSettings.destinationArn` to a log group, of a stage that the program makes
itself.
"""

from rampart_policies import aws
from rampart_policies.apis import MADE_BY_AWS, made_stage
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(stage: Resource) -> Findings:
    """Look for a destination; REST, HTTP and WebSocket stages name it alike."""
    if stage.type in MADE_BY_AWS:
        yield f"stage {made_stage(stage)} is made by AWS and cannot log: calls leave no record"
    elif not stage.has("accessLogSettings.destinationArn"):
        yield "accessLogSettings is not set: calls leave no record"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.API_STAGE, aws.HTTP_API_STAGE, *MADE_BY_AWS),
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_76", "CKV_AWS_95", "APIG1", "Serverless-APIGWAccessLogging", "APIGateway.9"),
)
