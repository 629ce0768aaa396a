"""sns-dead-letters: what a topic could not deliver to a program is kept.

Why: after its retries SNS drops the message, and one subscriber of several never learns of it.

Remedy: set the subscription's `redrivePolicy` with a dead letter queue.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError

TO_PEOPLE = {"email", "email-json", "sms"}  # nobody can replay these from a queue


def check(subscription: Resource) -> Findings:
    """Look for a redrive policy; messages to people cannot be replayed."""
    if subscription.json("redrivePolicy").has("deadLetterTargetArn"):
        return
    if subscription.text("protocol") in TO_PEOPLE:
        raise NotApplicableError
    yield "redrivePolicy is not set: messages that cannot be delivered are dropped"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.SNS_SUBSCRIPTION,
    severity=Severity.MEDIUM,
    house=True,
    covers=("Serverless-SNSRedrivePolicy",),
)
