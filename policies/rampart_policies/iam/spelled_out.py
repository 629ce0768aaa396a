"""Grants spelled out in properties, as the policy statement that AWS makes of them."""

from collections.abc import Iterator, Mapping

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.exposure import confused_deputies, is_service, open_to_the_world
from rampart_policies.iam.statement import Statement
from rampart_policies.iam.storage import without_account
from rampart_policies.values import Value, is_unknown

_VERSION = "2012-10-17"

# Property -> (operator, key): https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
_INVOCATION = {
    "sourceArn": ("ArnLike", "aws:SourceArn"),
    "sourceAccount": ("StringEquals", "aws:SourceAccount"),
    "principalOrgId": ("StringEquals", "aws:PrincipalOrgID"),
    "functionUrlAuthType": ("StringEquals", "lambda:FunctionUrlAuthType"),
    "eventSourceToken": ("StringEquals", "lambda:EventSourceToken"),
}
_LAYER = {"organizationId": ("StringEquals", "aws:PrincipalOrgID")}


def spelled_out(resource: Resource) -> Statement:
    """Return the statement of a permission of a function, a layer, a profile or an event bus."""
    if resource.type == aws.EVENT_BUS_PERMISSION:
        condition = _bus_condition(resource)
    else:
        tested = _LAYER if resource.type == aws.LAMBDA_LAYER_PERMISSION else _INVOCATION
        condition = _conditions(resource, tested)
    return Statement(
        {
            "Sid": resource.fields.get("statementId"),
            "Effect": "Allow",
            "Principal": _principal(resource.fields.get("principal")),
            "Action": resource.fields.get("action") or "*",
            "Condition": condition,
        },
        "",
        0,
        _VERSION,
    )


def _principal(name: Value) -> Value:
    if is_unknown(name):
        return {"AWS": name, "Service": name}
    return {"Service" if isinstance(name, str) and is_service(name) else "AWS": name}


def _conditions(resource: Resource, tested: Mapping[str, tuple[str, str]]) -> Value:
    condition: dict[str, dict[str, Value]] = {}
    for name, (operator, key) in tested.items():
        value = resource.fields.get(name)
        if value is not None and value != "":
            condition.setdefault(operator, {})[key] = value
    return {operator: dict(block) for operator, block in condition.items()}


def _bus_condition(resource: Resource) -> Value:
    given = resource.block("condition")
    if not given:
        return {}
    operator = given.text("type") or "StringEquals"
    return {operator: {given.text("key") or "aws:PrincipalOrgID": given.value("value")}}


def permission_findings(permission: Resource) -> Iterator[str]:
    """Yield what is wrong with who may invoke a function, in the words of its properties.

    Raises:
        UndecidedError: after the others, where that hangs on something unknown.
    """
    granted = [spelled_out(permission)]
    principal = permission.fields.get("principal")
    for _ in open_to_the_world(granted):
        yield f"principal is {principal}: anyone with an AWS account may invoke the function"
    for _, service in confused_deputies(granted):
        given = permission.has("sourceArn") or permission.has("sourceAccount")
        why = "names no account for certain" if given else "is not set"
        yield f"sourceArn {why}: {service} may invoke the function for any account"
    for _ in without_account(granted):
        yield "sourceAccount is not set: who takes over the bucket's name may invoke the function"
