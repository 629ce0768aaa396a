"""step-functions-encryption: every workflow is encrypted with a customer managed key.

Why: its history keeps the input and output of every step for 90 days; without a key of ours
whoever may read it does, and no key policy can refuse.

Remedy: set `encryptionConfiguration` with `type` `CUSTOMER_MANAGED_KMS_KEY` and `kmsKeyId`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(machine: Resource) -> Findings:
    """Read the kind of key; AWS's own is the default."""
    encryption = machine.block("encryptionConfiguration")
    if encryption.text("type") != "CUSTOMER_MANAGED_KMS_KEY":
        yield "encryptionConfiguration.type is not CUSTOMER_MANAGED_KMS_KEY: nobody can revoke it"
    elif not encryption.has("kmsKeyId"):
        yield "encryptionConfiguration.kmsKeyId is not set: AWS refuses the state machine"


RULE = resource_rule(__doc__, check, on=aws.STATE_MACHINE, severity=Severity.MEDIUM, house=True)
