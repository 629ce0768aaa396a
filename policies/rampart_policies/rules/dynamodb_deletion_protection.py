"""dynamodb-deletion-protection: no table can be deleted by mistake.

Why: renaming a resource in the program replaces it, and its items with it.

Remedy: set `deletionProtectionEnabled`, and switch it off in a deployment of its own.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(table: Resource) -> Findings:
    """Read the setting; absent means off."""
    if not table.flag("deletionProtectionEnabled"):
        yield "deletionProtectionEnabled is off: one renamed resource deletes every item"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.DYNAMODB_TABLE,
    severity=Severity.MEDIUM,
    house=True,
    covers=("DynamoDB.6",),
)
