"""sqs-policy-open: a queue's policy names who may use it, and services say for which resource.

Why: a queue open to everyone takes forged messages; a service without a source is a deputy that
anyone's bucket or topic can send.

Remedy: name principals, list single actions, and test `aws:SourceArn` for services.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import confused_deputies, open_to_the_world
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError


def check(resource: Resource) -> Findings:
    """Read the policy of a queue, or the one that stands beside it."""
    if resource.type == aws.SQS_QUEUE and not resource.has("policy"):
        raise NotApplicableError
    granted = statements(resource, "policy")
    for statement in open_to_the_world(granted):
        yield f"policy statement {statement.label} lets everyone in"
    for statement, service in confused_deputies(granted):
        yield f"policy statement {statement.label} lets {service} act for any account"
    for statement in granted:
        if statement.allows and {"*", "sqs:*"}.intersection(statement.actions):
            yield f"policy statement {statement.label} allows every action on the queue"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.SQS_QUEUE, aws.SQS_QUEUE_POLICY),
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_72", "CKV_AWS_168", "CKV_AWS_387", "SQS.3"),
)
