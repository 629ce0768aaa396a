"""appsync-logging: every GraphQL API logs the requests it answers, field by field.

Why: without a log it is not known afterwards who requested what, and which resolver failed.

Remedy: set `logConfig` with a role and `fieldLogLevel` `ERROR` or `ALL`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(api: Resource) -> Findings:
    """Read the level of the fields; without role nothing is written."""
    if not api.has("logConfig.cloudwatchLogsRoleArn"):
        yield "logConfig is not set: requests leave no record"
    elif (level := api.text("logConfig.fieldLogLevel")) not in {"ERROR", "ALL"}:
        yield f"logConfig.fieldLogLevel is {level}: which resolver failed is not known"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.APPSYNC_API,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_193", "CKV_AWS_194", "ASC3", "AppSync.2"),
)
