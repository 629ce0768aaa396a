"""secret-key: every secret is encrypted with a customer managed key.

Why: with the account's default key, whoever may read secrets at all can decrypt this one.

Remedy: set `kmsKeyId` to the customer managed key.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.stores import is_customer_key


def check(secret: Resource) -> Findings:
    """Ask for a key of our own."""
    if not is_customer_key(secret.text("kmsKeyId")):
        yield "kmsKeyId is not a customer managed key: no key policy can restrict decryption"


RULE = resource_rule(
    __doc__, check, on=aws.SECRET, severity=Severity.MEDIUM, house=True, covers=("CKV_AWS_149",)
)
