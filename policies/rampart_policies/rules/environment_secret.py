"""environment-secret: no secret stands in the variables of a container, a build or an API stage.

Why: whoever may describe the task, the project or the stage reads it, and so do its state and logs.

Remedy: name the secret in `secrets` of the container, or as `SECRETS_MANAGER` in the build; let
a function behind the stage read it by its role.
"""

from rampart_policies.environments import ELSEWHERE, secrets_in
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Look at names, formats and randomness; lambda-environment-secret does so for functions."""
    for name in secrets_in(resource):
        if name == "*":
            yield "the variables carry a value that the program marks as secret"
        else:
            yield f"variable {name} holds a secret in plain sight"


RULE = resource_rule(
    __doc__, check, on=ELSEWHERE, severity=Severity.CRITICAL, covers=("ECS.8", "CodeBuild.2")
)
