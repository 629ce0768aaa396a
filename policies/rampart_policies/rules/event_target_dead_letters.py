"""event-target-dead-letters: what a rule could not deliver to its target is kept.

Why: after a day of retries, or at once where permission is missing, EventBridge drops the event.

Remedy: set the target's `deadLetterConfig.arn`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(target: Resource) -> Findings:
    """Look for a dead letter queue."""
    if not target.has("deadLetterConfig.arn"):
        yield "deadLetterConfig is not set: events that cannot be delivered are dropped"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.EVENT_TARGET,
    severity=Severity.MEDIUM,
    house=True,
    covers=("Serverless-EventBusDLQ",),
)
