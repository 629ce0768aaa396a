"""What a function may call it can also reach: the private network has no other way to AWS."""

import json
from typing import Any

import pytest

from tests.components.inside import statements
from tests.systems.golden import STACKS, file

# Lambda itself writes logs and traces and makes network interfaces, outside the function's network;
# a database has an address inside it.
NOT_CALLED_BY_CODE = {"ec2", "logs", "rds-db", "xray"}

every_stack = pytest.mark.parametrize("stack", STACKS)


def resources(stack: str, type_: str) -> list[dict[str, Any]]:
    every = json.loads(file(stack).read_text())["resources"]
    return [one for one in every if one["type"] == type_]


@every_stack
def test_every_service_that_a_function_may_call_has_an_endpoint(stack: str) -> None:
    # given
    roles = {one["inputs"]["role"] for one in resources(stack, "aws:lambda/function:Function")}
    names = {role.rpartition("/")[2] for role in roles}
    assert names

    # when
    called = {
        action.partition(":")[0]
        for policy in resources(stack, "aws:iam/rolePolicy:RolePolicy")
        if policy["inputs"]["role"] in names
        for one in statements(policy["inputs"]["policy"])
        # A key that is used through another service is called by that service.
        if one["Effect"] == "Allow" and "kms:ViaService" not in json.dumps(one.get("Condition"))
        for action in one["Action"]
    }
    reached = {
        one["inputs"]["serviceName"].rpartition(".")[2]
        for one in resources(stack, "aws:ec2/vpcEndpoint:VpcEndpoint")
    }

    # then
    assert called - NOT_CALLED_BY_CODE <= reached


@every_stack
def test_no_endpoint_is_paid_for_that_nobody_calls(stack: str) -> None:
    # given
    endpoints = resources(stack, "aws:ec2/vpcEndpoint:VpcEndpoint")
    interfaces = {
        one["inputs"]["serviceName"].rpartition(".")[2]
        for one in endpoints
        if one["inputs"]["vpcEndpointType"] == "Interface"
    }

    # when
    text = "".join(
        one["inputs"]["policy"] for one in resources(stack, "aws:iam/rolePolicy:RolePolicy")
    )

    # then
    assert {service for service in interfaces if f'"{service}:' not in text} == set()
