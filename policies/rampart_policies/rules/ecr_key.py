"""ecr-key: images are encrypted with a customer managed key.

Why: images hold the code; with ECR's own key no key policy can restrict who reads it.

Remedy: set `encryptionConfigurations` to type `KMS` and the key, when the repository is made.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.stores import is_customer_key


def check(repository: Resource) -> Findings:
    """Look for a key of our own; the default is AES256."""
    configurations = repository.blocks("encryptionConfigurations")
    if not any(
        (one.text("encryptionType") or "").startswith("KMS") and is_customer_key(one.text("kmsKey"))
        for one in configurations
    ):
        yield "encryptionConfigurations has no customer managed key: access cannot be revoked"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.ECR_REPOSITORY,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_136",),
)
