"""lambda-environment-secret: no secret stands in an environment variable.

Why: variables are shown in the console, in `GetFunctionConfiguration` and in state files.

Remedy: store the secret in Secrets Manager and pass its ARN; the function reads it by its role.
"""

from rampart_policies import aws
from rampart_policies.environments import secrets_in
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(function: Resource) -> Findings:
    """Look at names, formats and randomness, and at what the program itself marks as secret."""
    for name in secrets_in(function):
        if name == "*":
            yield "environment carries a value that the program marks as secret"
        else:
            yield f"environment variable {name} holds a secret in plain sight"


RULE = resource_rule(
    __doc__, check, on=aws.LAMBDA_FUNCTION, severity=Severity.CRITICAL, covers=("CKV_AWS_45",)
)
