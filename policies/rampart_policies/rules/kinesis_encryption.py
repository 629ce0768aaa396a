"""kinesis-encryption: every stream is encrypted with a customer managed key.

Why: records carry the data they are about; without a key of one's own access cannot be revoked.

Remedy: set `encryptionType` to `KMS` and `kmsKeyId` to the customer managed key.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.stores import is_customer_key


def check(stream: Resource) -> Findings:
    """Read type and key; a key without the type is not used."""
    if stream.text("encryptionType") != "KMS":
        yield "encryptionType is NONE: records are stored unencrypted"
    elif not is_customer_key(stream.text("kmsKeyId")):
        yield "kmsKeyId is not a customer managed key: no key policy can restrict decryption"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.KINESIS_STREAM,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_43", "CKV_AWS_185", "KDS1", "KDS3", "Kinesis.1"),
)
