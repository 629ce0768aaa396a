"""sns-encryption: every topic is encrypted with a customer managed key.

Why: messages carry the data they are about; without a key of ours SNS keeps them on encrypted
disks, but whoever it lets at a message reads it, and no key policy can refuse.

Remedy: set `kmsMasterKeyId` to the customer managed key.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(topic: Resource) -> Findings:
    """Ask for a key that is not the account's default one."""
    key = topic.text("kmsMasterKeyId")
    if key is None:
        yield "kmsMasterKeyId is not set: only AWS's disk encryption protects the messages"
    elif key.endswith("alias/aws/sns"):
        yield "kmsMasterKeyId is alias/aws/sns: its policy cannot be narrowed"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.SNS_TOPIC,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_26", "SNS.1"),
)
