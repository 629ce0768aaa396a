"""parameter-plain: no parameter holds a secret as a plain String.

Why: a plain String is shown to whoever may list parameters, and stays in their history.

Remedy: set `type` to `SecureString`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.secret_shapes import is_secret, names_secret
from rampart_policies.values import SECRET, UndecidedError


def check(parameter: Resource) -> Findings:
    """Judge a plain parameter by its name and what it holds."""
    if parameter.text("type") == "SecureString":
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
    covers=("CKV_AWS_384", "CKV2_AWS_34"),
)
