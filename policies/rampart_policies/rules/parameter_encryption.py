"""parameter-encryption: secure parameters are encrypted with a customer managed key.

Why: under AWS's own key, whoever may read the parameter may decrypt it.

Remedy: set `keyId` to the customer managed key.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.stores import is_customer_key
from rampart_policies.values import NotApplicableError


def check(parameter: Resource) -> Findings:
    """Judge a SecureString by its key; parameter-plain judges the others."""
    if parameter.text("type") != "SecureString":
        raise NotApplicableError
    if not is_customer_key(parameter.text("keyId")):
        yield "keyId is not a customer managed key: no key policy can restrict decryption"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.SSM_PARAMETER,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_337",),
)
