"""dynamodb-recovery: every table can be restored to any second of the last weeks.

Why: a faulty deployment that overwrites items is noticed late, and only this undoes it.

Remedy: set `pointInTimeRecovery.enabled`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Patch, Severity, resource_rule


def check(table: Resource) -> Findings:
    """Read the setting; absent means off."""
    if not table.flag("pointInTimeRecovery.enabled"):
        yield "pointInTimeRecovery is off: overwritten items cannot be restored"


def remediate(_: Resource) -> Patch:
    """Switch it on; it costs by the size of the table."""
    return {"pointInTimeRecovery": {"enabled": True}}


RULE = resource_rule(
    __doc__,
    check,
    on=aws.DYNAMODB_TABLE,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_28", "DDB3", "DynamoDB.2"),
    remediate=remediate,
)
