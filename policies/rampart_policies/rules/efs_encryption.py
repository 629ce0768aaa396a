"""efs-encryption: every file system is encrypted with a customer managed key.

Why: files are the data itself; without a key of one's own access cannot be revoked.

Remedy: set `encrypted` and `kmsKeyId` when the file system is made.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.stores import is_customer_key


def check(files: Resource) -> Findings:
    """Read switch and key."""
    if not files.flag("encrypted"):
        yield "encrypted is off: files lie readable"
    elif not is_customer_key(files.text("kmsKeyId")):
        yield "kmsKeyId is not a customer managed key: no key policy can restrict decryption"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.EFS_FILE_SYSTEM,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_42", "CKV_AWS_184", "EFS1", "EFS.1"),
)
