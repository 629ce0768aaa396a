"""Resources that carry a policy document, in few words, for fixtures."""

from collections.abc import Mapping
from typing import Any

from tests.policies.fixture import Change, Recorded
from tests.policies.stacks import ACCOUNT, Made, allow, document, made

ROLE = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/reader"}
ORGANIZATION = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
FROM_US = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
TRAIL = {"Service": "cloudtrail.amazonaws.com"}
REFUSAL = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "*",
    "Resource": "*",
    "Condition": {"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}},
}


def carrying(kind: str, path: str, policy: str, **inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    """Make a resource with a document at a path."""
    *above, last = path.split(".")
    nested: Any = {last: policy}
    for step in reversed(above):
        nested = {step: nested}
    return made(kind, **nested, **inputs)


def granting(principal: object, **more: Any) -> str:  # noqa: ANN401  # as above
    """Make a document that lets a principal do something."""
    return document(allow("s3:GetObject", Principal=principal, **more))


def well_kept(carriers: Mapping[str, str]) -> dict[str, Made]:
    """Make policies that let in whom they name, one for each type, and every form of naming."""
    (first, path), *_ = carriers.items()
    return {kind: carrying(kind, path, granting(ROLE)) for kind, path in carriers.items()} | {
        "an organisation": carrying(first, path, granting("*", Condition=ORGANIZATION)),
        "a service for this account": carrying(first, path, granting(TRAIL, Condition=FROM_US)),
        "everyone, and refused again": carrying(
            first, path, document(allow("s3:GetObject", Principal="*"), REFUSAL)
        ),
        "only a refusal": carrying(first, path, document(REFUSAL)),
    }


def open_wide(carriers: Mapping[str, str]) -> dict[str, Made]:
    """Make policies that let requesters in, one for each type, and every form of it."""
    (first, path), *_ = carriers.items()
    one_refused = REFUSAL | {"Action": "s3:PutObject"}
    return {kind: carrying(kind, path, granting("*")) for kind, path in carriers.items()} | {
        "everyone, as AWS": carrying(first, path, granting({"AWS": ["*"]})),
        "everyone but one": carrying(first, path, granting(None, NotPrincipal=ROLE)),
        "in small letters": carrying(
            first,
            path,
            document({"effect": "allow", "principal": "*", "action": "*", "resource": "*"}),
        ),
        "whoever has a login": carrying(first, path, granting({"Federated": "graph.facebook.com"})),
        "a service for anyone": carrying(first, path, granting(TRAIL)),
        "everyone, and something else refused": carrying(
            first, path, document(allow("s3:GetObject", Principal="*"), one_refused)
        ),
    }


def unclear(carriers: Mapping[str, str]) -> dict[str, Made]:
    """Make policies of which nobody can tell."""
    (first, path), *_ = carriers.items()
    odd = {"StringEquals": {"made-up:key": "x"}}
    return {"a key nobody knows": carrying(first, path, granting("*", Condition=odd))}


def opened(path: str) -> Change:
    """Let everyone in, besides what the judged policy says already."""

    def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
        judged["inputs"][path] = granting("*")
        return resources

    return change
