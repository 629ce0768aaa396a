"""logs-key: log groups are encrypted with a customer managed key.

Why: logs quote requests; with the service's own key, reading them cannot be refused by key.

Remedy: set `kmsKeyId` to the customer managed key, whose policy lets CloudWatch Logs use it.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(group: Resource) -> Findings:
    """Ask for a key."""
    if not group.has("kmsKeyId"):
        yield "kmsKeyId is not set: whoever may read the group reads what it quotes"


RULE = resource_rule(
    __doc__, check, on=aws.LOG_GROUP, severity=Severity.MEDIUM, house=True, covers=("CKV_AWS_158",)
)
