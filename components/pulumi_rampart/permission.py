"""Permissions as values: what a role may do, made by the resource it concerns.

`bucket.read("uploads/*")` returns a `Permission`; a function lists its permissions where it is
declared and one inline policy is made of them.
"""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, NotRequired, TypedDict

from pulumi import Input, Output

from pulumi_rampart.boundary.args import Boundary
from pulumi_rampart.boundary.grantable import ACTION, check_actions
from pulumi_rampart.documents import VERSION


class Statement(TypedDict):
    """One allowance."""

    actions: list[Annotated[str, ACTION]]
    """IAM actions, spelled out: `s3:GetObject`."""
    resources: list[Input[str]]
    """ARNs the actions apply to."""
    conditions: NotRequired[dict[str, dict[str, Any]]]
    """IAM condition block: operator -> key -> value or list of values. Default none."""


class Permission(TypedDict):
    """Everything one use of a resource needs, its encryption key included."""

    statements: list[Statement]
    """Allowances that belong together."""


def permission(component: str, boundary: Boundary, *statements: Statement) -> Permission:
    """Return the permission of these statements.

    Args:
        component: logical name of what it concerns, for messages.
        boundary: whose limit of all roles it has to stay within.
        statements: what it allows.

    Raises:
        ArgumentError: the boundary's limit denies an action.
    """
    check_actions(component, boundary, (action for one in statements for action in one["actions"]))
    return {"statements": list(statements)}


def policy_document(permissions: Iterable[Permission], denials: Iterable[Any] = ()) -> Output[str]:
    """Return the IAM policy JSON that allows exactly these permissions.

    Args:
        permissions: what is allowed.
        denials: statements, as IAM spells them, that hold in spite of it.
    """
    allowed: list[Any] = []
    for each in permissions:
        for statement in each["statements"]:
            entry: dict[str, Any] = {
                "Effect": "Allow",
                "Action": statement["actions"],
                "Resource": statement["resources"],
            }
            if "conditions" in statement:
                entry["Condition"] = statement["conditions"]
            allowed.append(entry)
    # Compared only when resolved: a role's inline policies share 10,240 characters, and
    # permissions on one store repeat the use of its key.
    return Output.json_dumps(
        {"Version": VERSION, "Statement": Output.all(*allowed, *denials).apply(_distinct)}
    )


def _distinct(statements: Sequence[Any]) -> list[Any]:
    """Keep the first of equal statements, in order."""
    return [one for n, one in enumerate(statements) if one not in statements[:n]]


def key_statement(boundary: Boundary, service: str, *actions: str) -> Statement:
    """Allow the use of the boundary's key, but only through the service that holds the data.

    Args:
        boundary: whose key.
        service: as host names have it, `sqs`.
        actions: of KMS, `kms:Decrypt`.
    """
    return {
        "actions": list(actions),
        "resources": [boundary["key_arn"]],
        "conditions": {
            "StringEquals": {
                "kms:ViaService": Output.concat(service, ".", boundary["region"], ".amazonaws.com")
            }
        },
    }


def covers(granted: Iterable[Permission], wanted: Permission) -> bool:
    """Tell whether everything that `wanted` allows is granted, on the very same resources.

    Outputs are compared by identity: `queue.arn` is one object however often it is asked for.
    """
    statements = [one for each in granted for one in each["statements"]]
    return all(
        any(
            set(want["actions"]) <= set(has["actions"])
            and all(
                any(_same(one, other) for other in has["resources"]) for one in want["resources"]
            )
            for has in statements
        )
        for want in wanted["statements"]
    )


def _same(one: Input[str], other: Input[str]) -> bool:
    return one is other or (isinstance(one, str) and isinstance(other, str) and one == other)
