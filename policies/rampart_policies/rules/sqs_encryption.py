"""sqs-encryption: every queue is encrypted with a customer managed key.

Why: messages carry the data they are about; with SQS's own key access cannot be revoked.

Remedy: set `kmsMasterKeyId` to the customer managed key.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(queue: Resource) -> Findings:
    """Ask for a key that is not the account's default one."""
    key = queue.text("kmsMasterKeyId")
    if key is None:
        yield "kmsMasterKeyId is not set: no key policy can restrict who reads messages"
    elif key.endswith("alias/aws/sqs"):
        yield "kmsMasterKeyId is alias/aws/sqs: its policy cannot be narrowed"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.SQS_QUEUE,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_27", "CKV2_AWS_73", "SQS2", "SQS.1"),
)
