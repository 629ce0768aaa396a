from pulumi_rampart.boundary.api_logs import ApiGatewayLogs
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, recorded, statements


def logs() -> Graph:
    return recorded(
        lambda: ApiGatewayLogs("api-logs", {"region": "eu-central-1", "account_id": ACCOUNT})
    )


def test_api_gateway_writes_into_its_own_log_groups_only() -> None:
    # when
    policy = logs().one("aws:iam/rolePolicy:RolePolicy", "api-logs-policy").inputs["policy"]

    # then
    write, find = statements(policy)
    groups = f"arn:aws:logs:eu-central-1:{ACCOUNT}:log-group:"
    assert write["Resource"] == [
        f"{groups}API-Gateway-Execution-Logs_*",
        f"{groups}/aws/apigateway/*",
    ]
    assert find["Action"] == "logs:DescribeLogGroups"


def test_only_api_gateway_of_this_account_uses_the_role() -> None:
    # when
    role = logs().one("aws:iam/role:Role", "api-logs-role").inputs

    # then
    (trust,) = statements(role["assumeRolePolicy"])
    assert trust["Principal"] == {"Service": "apigateway.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def test_the_account_is_told_of_the_role_when_it_may_already_write() -> None:
    # when
    graph = logs()

    # then
    account = graph.one("aws:apigateway/account:Account", "api-logs")
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "api-logs-policy")
    assert policy.urn in account.dependencies
