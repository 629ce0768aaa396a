"""storage-event-source: who lets S3 deliver events names both the bucket and its account.

Why: a bucket's ARN names no account, so whoever takes over a deleted bucket's name goes on sending;
the account alone lets every bucket of it send.

Remedy: test `aws:SourceArn` and `aws:SourceAccount` together.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.storage import lets_storage_in, untested
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError


def check(resource: Resource) -> Findings:
    """Read the statements that let S3 in."""
    granted = list(filter(lets_storage_in, statements(resource, "policy")))
    if not granted:
        raise NotApplicableError
    for statement in granted:
        for key in ("aws:SourceArn", "aws:SourceAccount"):
            if untested(statement, key):
                yield f"policy statement {statement.label} lets S3 in without testing {key}"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.SQS_QUEUE, aws.SQS_QUEUE_POLICY, aws.SNS_TOPIC, aws.SNS_TOPIC_POLICY),
    severity=Severity.HIGH,
    covers=("S3 event -> queue/bus/function grants carry SourceAccount and SourceArn",),
)
