"""parameter-encryption: parameters that hold secrets are encrypted with a customer managed key.

Why: a plain String is shown to whoever may list parameters, and stays in their history.

Remedy: set `type` to `SecureString` and `keyId` to the customer managed key.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.secret_shapes import is_secret, names_secret
from rampart_policies.stores import is_customer_key
from rampart_policies.values import SECRET, UndecidedError


def check(parameter: Resource) -> Findings:
    """Judge a SecureString by its key, and a plain one by what it holds."""
    if parameter.text("type") == "SecureString":
        if not is_customer_key(parameter.text("keyId")):
            yield "keyId is no customer managed key: nobody can be refused decryption"
        return
    name = parameter.text("name") or parameter.name
    for key in ("value", "insecureValue"):
        value = parameter.value(key)
        if value == SECRET and not names_secret(name):  # every SDK marks it, whatever it holds
            raise UndecidedError(key, "is a secret")
        if is_secret(name, value):
            yield f"{key} is a secret in a plain String: whoever lists parameters reads it"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.SSM_PARAMETER,
    severity=Severity.HIGH,
    covers=("CKV_AWS_337", "CKV_AWS_384", "CKV2_AWS_34"),
)
