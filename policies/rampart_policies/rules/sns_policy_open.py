"""sns-policy-open: a topic's policy names who may use it, and services say for which resource.

Why: a topic open to everyone delivers forged messages to all subscribers, and anyone may
subscribe.

Remedy: name principals, list single actions, and test `aws:SourceArn` for services.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.iam.whole import allows_everything
from rampart_policies.resource_policies import resource_policy
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Read the policy of a topic, or the one that stands beside it."""
    granted = resource_policy(resource, "policy")
    wide = (one.label for one in allows_everything(granted, "sns"))
    texts = (f"policy statement {label} allows every action on the topic" for label in wide)
    yield from policy_findings(granted, also=texts)


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.SNS_TOPIC, aws.SNS_TOPIC_POLICY),
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_169", "SNS.4"),
)
