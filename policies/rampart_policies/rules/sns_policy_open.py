"""sns-policy-open: a topic's policy names who may use it, and services say for which resource.

Why: a topic open to everyone takes forged messages and tells them to all subscribers, and lets
strangers subscribe.

Remedy: name principals, list single actions, and test `aws:SourceArn` for services.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import confused_deputies, open_to_the_world
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError


def check(resource: Resource) -> Findings:
    """Read the policy of a topic, or the one that stands beside it."""
    if resource.type == aws.SNS_TOPIC and not resource.has("policy"):
        raise NotApplicableError
    granted = statements(resource, "policy")
    for statement in open_to_the_world(granted):
        yield f"policy statement {statement.label} lets everyone in"
    for statement, service in confused_deputies(granted):
        yield f"policy statement {statement.label} lets {service} act for any account"
    for statement in granted:
        if statement.allows and {"*", "sns:*"}.intersection(map(str.lower, statement.actions)):
            yield f"policy statement {statement.label} allows every action on the topic"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.SNS_TOPIC, aws.SNS_TOPIC_POLICY),
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_169", "SNS.4"),
)
