"""firehose-encryption: every delivery stream is encrypted with a customer managed key.

Why: records wait for delivery in the service, and without a customer managed key no key policy
restricts who reads them.

Remedy: set `serverSideEncryption` with `keyType` `CUSTOMER_MANAGED_CMK` and `keyArn`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError


def check(stream: Resource) -> Findings:
    """Read the encryption; what comes from a data stream is encrypted there."""
    encryption = stream.block("serverSideEncryption")
    if not encryption.flag("enabled"):
        if stream.has("kinesisSourceConfiguration") or stream.has("mskSourceConfiguration"):
            raise NotApplicableError
        yield "serverSideEncryption is off: records wait for delivery unencrypted"
    elif encryption.text("keyType") != "CUSTOMER_MANAGED_CMK" or not encryption.has("keyArn"):
        yield "serverSideEncryption.keyType is not CUSTOMER_MANAGED_CMK: access cannot be revoked"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.FIREHOSE,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_240", "CKV_AWS_241", "KDF1", "DataFirehose.1"),
)
