"""lambda-environment-key: environment variables are encrypted with a customer managed key.

Why: the policy of a key that AWS manages cannot be changed, so decryption cannot be restricted.

Remedy: set `kmsKeyArn` to the customer managed key.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError


def check(function: Resource) -> Findings:
    """Ask for a key wherever there are variables."""
    if not function.has("environment.variables"):
        raise NotApplicableError
    if not function.has("kmsKeyArn"):
        yield "kmsKeyArn is not set: whoever reads the configuration reads the variables"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_173",),
)
