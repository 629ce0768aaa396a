"""lambda-environment-secret: no secret stands in an environment variable.

Why: variables are shown in the console, in `GetFunctionConfiguration` and in state files.

Remedy: store the secret in Secrets Manager and pass its ARN; the function reads it by its role.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.secret_shapes import is_secret
from rampart_policies.values import SECRET, NotApplicableError, UndecidedError, is_unknown


def check(function: Resource) -> Findings:
    """Look at names and shapes, and at what the program itself marks as secret."""
    environment = function.value("environment")
    if environment == SECRET or function.value("environment.variables") == SECRET:
        yield "environment carries a value that the program marks as secret"
        return
    variables = function.block("environment.variables").fields
    if not variables:
        raise NotApplicableError
    for name, value in variables.items():
        if is_secret(name, value):
            yield f"environment variable {name} holds a secret in plain sight"
    for name, value in variables.items():
        if is_unknown(value):
            raise UndecidedError(f"environment.variables.{name}")


RULE = resource_rule(
    __doc__, check, on=aws.LAMBDA_FUNCTION, severity=Severity.CRITICAL, covers=("CKV_AWS_45",)
)
