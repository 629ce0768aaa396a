"""What a component needs around it, as plain values: a boundary without the cost of making one."""

import json
from collections.abc import Callable
from typing import Any

import pulumi
import pytest

from pulumi_rampart import packaging
from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.boundary.args import Boundary
from pulumi_rampart.testing import Graph, record

ACCOUNT = "123456789012"
KEY = f"arn:aws:kms:eu-central-1:{ACCOUNT}:key/boundary"
ALARMS = f"arn:aws:sns:eu-central-1:{ACCOUNT}:alarms"

BOUNDARY: Boundary = {
    "prefix": "shop-dev",
    "region": "eu-central-1",
    "account_id": ACCOUNT,
    "key_arn": KEY,
    "alarm_topic_arn": ALARMS,
    "permissions_boundary_arn": f"arn:aws:iam::{ACCOUNT}:policy/boundary",
    "vpc_id": "vpc-boundary",
    "private_subnet_ids": ["subnet-private-0", "subnet-private-1"],
    "private_security_group_id": "sg-private",
    "egress_subnet_ids": ["subnet-egress-0", "subnet-egress-1"],
    "egress_security_group_id": "sg-egress",
    "access_log_bucket": "access-logs",
    "artifacts_bucket": "artifacts",
    "signing_profile_name": "signer",
    "code_signing_config_arn": f"arn:aws:lambda:eu-central-1:{ACCOUNT}:code-signing-config:csc",
    "data_class": "internal",
    "log_retention_days": 365,
    "deletion_protection": True,
}
WITHOUT_EGRESS: Boundary = {**BOUNDARY, "egress_subnet_ids": [], "egress_security_group_id": ""}


def recorded(program: Callable[[], object], *, preview: bool = False) -> Graph:
    """Record a program without building anything."""
    with packaging.using(packaging.described):
        return record(program, config={"aws:region": "eu-central-1"}, preview=preview)


def refusal(program: Callable[[], object]) -> str:
    """Return why a component refuses its arguments, which it does before it has a child."""
    made: list[str] = []

    def watched() -> None:
        pulumi.runtime.register_stack_transformation(lambda args: made.append(args.name))
        program()

    with pytest.raises(ArgumentError) as caught:
        recorded(watched)
    assert made[1:] == [], f"made before the refusal: {made[1:]}"
    return str(caught.value)


def refused_after(program: Callable[[], object], type_: str) -> str:
    """Return why a program is refused that makes other things, but nothing of this type."""
    made: list[str] = []

    def watched() -> None:
        pulumi.runtime.register_stack_transformation(lambda args: made.append(args.type_))
        program()

    with pytest.raises(ArgumentError) as caught:
        recorded(watched)
    assert type_ not in made
    return str(caught.value)


def statements(document: str) -> list[dict[str, Any]]:
    """Return the statements of a policy document."""
    return json.loads(document)["Statement"]


def changed(before: Graph, after: Graph) -> set[str]:
    """Return the names of what two recordings of the same resources say differently."""
    assert {one.urn for one in before.resources} == {one.urn for one in after.resources}
    return {
        a.name
        for a, b in zip(before.resources, after.resources, strict=True)
        if a.custom and a.inputs != b.inputs
    }
