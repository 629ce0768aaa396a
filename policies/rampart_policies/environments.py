"""Variables that a program hands to code or to an API: shared by the rules on secrets in them."""

from collections.abc import Iterator

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.secret_shapes import is_secret
from rampart_policies.values import (
    SECRET,
    Block,
    NotApplicableError,
    UndecidedError,
    Value,
    is_unknown,
    parse_json,
)

_MAPS = {
    aws.LAMBDA_FUNCTION: "environment.variables",
    aws.API_STAGE: "variables",
    aws.HTTP_API_STAGE: "stageVariables",
}
_REFERENCES = {"PARAMETER_STORE", "SECRETS_MANAGER"}  # CodeBuild reads these when a build starts

ELSEWHERE = (
    aws.API_STAGE,
    aws.HTTP_API_STAGE,
    aws.CODEBUILD_PROJECT,
    aws.ECS_TASK_DEFINITION,
)
"""Resources besides functions whose variables whoever may describe them reads."""


def secrets_in(resource: Resource) -> Iterator[str]:
    """Yield the names of the variables that hold secrets; `*` where all are marked.

    Raises:
        NotApplicableError: the resource has no variables.
        UndecidedError: none of the known values is one, and others are not known.
    """
    variables = list(_variables(resource))
    if not variables:
        raise NotApplicableError
    yield from dict.fromkeys(name for name, value in variables if is_secret(name, value))
    for name, value in variables:
        if is_unknown(value):
            raise UndecidedError(f"variable {name}")


def _variables(resource: Resource) -> Iterator[tuple[str, Value]]:
    if resource.type in _MAPS:
        path = _MAPS[resource.type]
        above = path.partition(".")[0]
        if SECRET in (resource.value(above), resource.value(path)):
            yield "*", SECRET
        else:
            yield from resource.block(path).fields.items()
    elif resource.type == aws.CODEBUILD_PROJECT:
        for one in resource.blocks("environment.environmentVariables"):
            if one.text("type") not in _REFERENCES:
                yield one.text("name") or "", one.value("value")
    else:
        for container in _containers(resource):
            for one in container.blocks("environment"):
                yield one.text("name") or "", one.value("value")


def _containers(task: Resource) -> list[Block]:
    path = "containerDefinitions"
    given = task.value(path)
    if given == SECRET:  # one secret in a JSON text makes the whole text one
        return [Block({"environment": [{"name": "*", "value": SECRET}]}, path)]
    return Block({path: parse_json(given, path) if isinstance(given, str) else given}).blocks(path)
