"""rds-encryption: every database is encrypted with a customer managed key.

Why: unencrypted snapshots can be shared with any account; no key policy of
yours restricts the key that AWS manages.

Remedy: set `storageEncrypted` and `kmsKeyId` when the database is made.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.stores import names_customer_key


def check(database: Resource) -> Findings:
    """Ask for encryption, and for a key of our own."""
    if not database.flag("storageEncrypted"):
        yield "storageEncrypted is off: snapshots can be read by whoever gets them"
    elif not names_customer_key(database):
        yield "kmsKeyId is not a customer managed key: no key policy can restrict decryption"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.RDS_CLUSTER, aws.RDS_INSTANCE),
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_16", "RDS2", "RDS.3"),
)
