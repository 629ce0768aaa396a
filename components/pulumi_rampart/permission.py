"""Permissions as values: what a role may do, made by the resource it concerns.

`bucket.read("uploads/*")` returns a `Permission`; a function lists its permissions where it is
declared and one inline policy is made of them.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NotRequired, TypedDict

from pulumi import Input, Output


class Statement(TypedDict):
    """One allowance."""

    actions: list[str]
    """IAM actions, spelled out: `s3:GetObject`."""
    resources: list[Input[str]]
    """ARNs the actions apply to."""
    conditions: NotRequired[dict[str, dict[str, Any]]]
    """IAM condition block: operator -> key -> value or list of values."""


class Permission(TypedDict):
    """Everything one use of a resource needs, its encryption key included."""

    statements: list[Statement]
    """Allowances that belong together."""


def policy_document(permissions: Iterable[Permission], denials: Iterable[Any] = ()) -> Output[str]:
    """Return the IAM policy JSON that allows exactly these permissions."""
    allowed: list[Any] = []
    for permission in permissions:
        for statement in permission["statements"]:
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
        {"Version": "2012-10-17", "Statement": Output.all(*allowed, *denials).apply(_distinct)}
    )


def _distinct(statements: Sequence[Any]) -> list[Any]:
    """Keep the first of equal statements, in order."""
    return [one for n, one in enumerate(statements) if one not in statements[:n]]


def key_statement(
    key_arn: Input[str], region: Input[str], service: str, actions: list[str]
) -> Statement:
    """Allow the use of a customer key, but only through the service that holds the data."""
    return {
        "actions": actions,
        "resources": [key_arn],
        "conditions": {
            "StringEquals": {
                "kms:ViaService": Output.concat(service, ".", region, ".amazonaws.com")
            }
        },
    }
