from pulumi_rampart.boundary.grantable import (
    GRANTABLE,
    NETWORK_INTERFACE_ACTIONS,
    TRACE_ACTIONS,
    UNSCOPED_ACTIONS,
    WORKFLOW_ACTIONS,
)
from pulumi_rampart.boundary.role_limit import RoleLimit
from tests.components.inside import ACCOUNT, KEY, recorded, statements


def cap() -> list[dict[str, object]]:
    graph = recorded(lambda: RoleLimit("roles", {"account_id": ACCOUNT, "key_arn": KEY}))
    return statements(graph.one("aws:iam/policy:Policy", "roles").inputs["policy"])


def test_data_of_other_accounts_is_out_of_reach() -> None:
    # when
    data, *_ = cap()

    # then
    assert data["Condition"] == {"StringEquals": {"aws:ResourceAccount": ACCOUNT}}


def test_a_database_login_which_sends_no_account_of_its_resource_is_held_by_its_arn() -> None:
    # when
    data, logins, *_ = cap()

    # then
    assert "rds-db:connect" not in _listed(data["Action"])
    assert logins["Action"] == ["rds-db:connect"]
    assert logins["Resource"] == f"arn:aws:rds-db:*:{ACCOUNT}:dbuser:*"
    assert "Condition" not in logins


def test_nothing_that_changes_identities_keys_or_networks_can_be_granted() -> None:
    # when
    of_functions = [one for one in cap() if one["Sid"] != "LogsAndTracesOfWorkflows"]
    actions = [action for one in of_functions for action in _listed(one["Action"])]

    # then
    assert not any("*" in action for action in actions)
    assert not any(action.startswith(("iam:", "sts:", "organizations:")) for action in actions)
    assert {action for action in actions if action.startswith("kms:")} == {
        "kms:Decrypt",
        "kms:GenerateDataKey",
    }
    changing = ("Put", "Create", "Delete", "Update", "Attach")
    configuration = {
        action
        for action in actions
        if action.partition(":")[2].startswith(changing) and "Policy" in action
    }
    assert configuration == set()


def test_the_only_key_is_the_boundarys() -> None:
    # when
    *_, keys = cap()

    # then
    assert keys["Resource"] == KEY


def test_a_function_can_be_attached_to_the_network_and_traced() -> None:
    # when
    _, _, without_resources, *_ = cap()

    # then
    wanted = {*NETWORK_INTERFACE_ACTIONS, *TRACE_ACTIONS, *UNSCOPED_ACTIONS}
    assert set(_listed(without_resources["Action"])) == wanted


def test_only_the_role_of_a_workflow_may_set_up_its_log() -> None:
    # when
    (workflows,) = [one for one in cap() if one["Sid"] == "LogsAndTracesOfWorkflows"]

    # then
    assert workflows["Action"] == list(WORKFLOW_ACTIONS)
    roles = f"arn:aws:iam::{ACCOUNT}:role/workflows/*"
    assert workflows["Condition"] == {"ArnLike": {"aws:PrincipalArn": roles}}
    others = [action for one in cap() for action in _listed(one["Action"]) if one != workflows]
    assert not {*WORKFLOW_ACTIONS} & {*others}


def test_the_cap_is_readable_in_order() -> None:
    # then
    assert list(GRANTABLE) == sorted(GRANTABLE)


def _listed(actions: object) -> list[str]:
    return [str(one) for one in actions] if isinstance(actions, list) else [str(actions)]
