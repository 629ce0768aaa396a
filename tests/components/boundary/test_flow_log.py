from pulumi_rampart.boundary.flow_log import VpcFlowLog
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, KEY, recorded, statements


def flows() -> Graph:
    return recorded(
        lambda: VpcFlowLog(
            "flows",
            {"vpc_id": "vpc", "account_id": ACCOUNT, "key_arn": KEY, "log_retention_days": 90},
        )
    )


def test_accepted_and_rejected_traffic_is_recorded() -> None:
    # when
    graph = flows()

    # then
    flow_log = graph.one("aws:ec2/flowLog:FlowLog", "flows").inputs
    assert (flow_log["vpcId"], flow_log["trafficType"]) == ("vpc", "ALL")


def test_records_are_encrypted_and_expire() -> None:
    # when
    graph = flows()

    # then
    group = graph.one("aws:cloudwatch/logGroup:LogGroup", "flows-group").inputs
    assert (group["kmsKeyId"], group["retentionInDays"]) == (KEY, 90)


def test_the_service_may_write_into_its_own_group_and_no_other() -> None:
    # when
    graph = flows()

    # then
    group = graph.one("aws:cloudwatch/logGroup:LogGroup", "flows-group").outputs["arn"]
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "flows-policy").inputs["policy"]
    (only,) = statements(policy)
    assert only["Resource"] == [group, f"{group}:*"]
    assert not any("*" in action for action in only["Action"])


def test_only_flow_logs_of_this_account_use_the_role() -> None:
    # when
    graph = flows()

    # then
    (trust,) = statements(graph.one("aws:iam/role:Role", "flows-role").inputs["assumeRolePolicy"])
    assert trust["Principal"] == {"Service": "vpc-flow-logs.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
