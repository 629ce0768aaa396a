from typing import Any

import pytest

from pulumi_rampart.boundary.grantable import NETWORK_INTERFACE_ACTIONS, TRACE_ACTIONS
from pulumi_rampart.functions.execution_role import ExecutionRole
from pulumi_rampart.permission import Permission
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, BOUNDARY, recorded, refusal, statements

LOGS = f"arn:aws:logs:eu-central-1:{ACCOUNT}:log-group:/aws/lambda/shop-dev-worker"
READ: Permission = {
    "statements": [{"actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::a/*"]}]
}


def role(*permissions: Permission) -> Graph:
    return recorded(
        lambda: ExecutionRole(
            "worker-role",
            {
                "boundary": BOUNDARY,
                "function_name": "shop-dev-worker",
                "log_group_arn": LOGS,
                "permissions": list(permissions),
            },
        )
    )


def policy(graph: Graph) -> list[dict[str, Any]]:
    return statements(
        graph.one("aws:iam/rolePolicy:RolePolicy", "worker-role-policy").inputs["policy"]
    )


def test_only_lambda_assumes_it_and_the_boundary_caps_it() -> None:
    # when
    made = role().one("aws:iam/role:Role", "worker-role").inputs

    # then
    (trust,) = statements(made["assumeRolePolicy"])
    assert trust["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert made["permissionsBoundary"] == BOUNDARY["permissions_boundary_arn"]


def test_it_may_do_what_is_listed_besides_running_at_all() -> None:
    # when
    bare, more = policy(role()), policy(role(READ))

    # then
    assert [one for one in more if one not in bare] == [
        {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::a/*"]}
    ]


def test_it_logs_into_its_own_group_only() -> None:
    # when
    logs, *_ = policy(role())

    # then
    assert logs["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert logs["Resource"] == [f"{LOGS}:*"]


def test_no_action_is_a_wildcard_and_only_tracing_and_attaching_name_every_resource() -> None:
    # when
    allowed = [one for one in policy(role(READ)) if one["Effect"] == "Allow"]

    # then
    assert not any("*" in action for one in allowed for action in one["Action"])
    (everywhere,) = (one for one in allowed if "*" in one["Resource"])
    assert set(everywhere["Action"]) == {*NETWORK_INTERFACE_ACTIONS, *TRACE_ACTIONS}


def test_the_code_itself_may_not_touch_network_interfaces() -> None:
    # when
    (denied,) = (one for one in policy(role()) if one["Effect"] == "Deny")

    # then
    assert set(denied["Action"]) == set(NETWORK_INTERFACE_ACTIONS)
    assert denied["Condition"] == {
        "ArnEquals": {
            "lambda:SourceFunctionArn": (
                f"arn:aws:lambda:eu-central-1:{ACCOUNT}:function:shop-dev-worker"
            )
        }
    }


REFUSED: list[tuple[dict[str, object], str]] = [
    (
        {"permission": []},
        (
            ".permission: there is no such argument; did you mean `permissions`? Allowed are "
            "`boundary`, `function_name`, `log_group_arn`, `permissions`."
        ),
    ),
    ({"permissions": "s3"}, ".permissions='s3': a list is wanted; put the text in brackets."),
    (
        {"permissions": [{"statements": [{"actions": ["s3:GetObject"]}]}]},
        ".permissions[0].statements[0].resources: is missing; it has no default.",
    ),
    (
        {"permissions": [{"statement": []}]},
        (
            ".permissions[0].statement: there is no such argument; did you mean `statements`? "
            "Allowed are `statements`.\n"
            "worker-role.permissions[0].statements: is missing; it has no default."
        ),
    ),
]


@pytest.mark.parametrize(("wrong", "why"), REFUSED)
def test_what_is_no_role_is_refused(wrong: dict[str, object], why: str) -> None:
    # given
    args: Any = {
        "boundary": BOUNDARY,
        "function_name": "shop-dev-worker",
        "log_group_arn": LOGS,
        "permissions": [],
    }

    # then
    message = refusal(lambda: ExecutionRole("worker-role", args | wrong))
    assert message == f"worker-role{why}"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (
            "r" * 57,
            (
                f"IAM allows 64 characters, and '{'r' * 57}-1234567' has 65; take a name that is 1 "
                "shorter."
            ),
        ),
        ("a role", "IAM allows no ' ' in 'a role-1234567'."),
    ],
)
def test_a_name_that_no_role_can_have_is_refused(name: str, why: str) -> None:
    # given
    args: Any = {
        "boundary": BOUNDARY,
        "function_name": "worker",
        "log_group_arn": LOGS,
        "permissions": [],
    }

    # then
    assert refusal(lambda: ExecutionRole(name, args)) == f"{name}: is not possible as a name: {why}"
