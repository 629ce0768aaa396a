"""sqs-policy-open: a queue's policy names who may use it, and services say for which resource.

Why: a queue open to everyone takes forged messages; a service without a source is a deputy that
anyone's bucket or topic can send.

Remedy: name principals, list single actions, and test `aws:SourceArn` for services.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.iam.whole import allows_everything
from rampart_policies.resource_policies import resource_policy
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Read the policy of a queue, or the one that stands beside it."""
    granted = resource_policy(resource, "policy")
    wide = (one.label for one in allows_everything(granted, "sqs"))
    texts = (f"policy statement {label} allows every action on the queue" for label in wide)
    yield from policy_findings(granted, also=texts)


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.SQS_QUEUE, aws.SQS_QUEUE_POLICY),
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_72", "CKV_AWS_168", "CKV_AWS_387", "SQS.3"),
)
