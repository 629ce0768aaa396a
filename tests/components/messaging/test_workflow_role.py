from pulumi_rampart.messaging.workflow_role import WorkflowRole
from tests.components.inside import ACCOUNT, BOUNDARY, KEY, recorded, statements

ARN = f"arn:aws:states:eu-central-1:{ACCOUNT}:stateMachine:paying"


def test_a_workflow_without_tasks_keeps_its_history_and_its_log_and_does_nothing_else() -> None:
    # when
    graph = recorded(
        lambda: WorkflowRole(
            "paying-role",
            {"boundary": BOUNDARY, "state_machine_arn": ARN, "permissions": []},
        )
    )

    # then
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "paying-role-policy").inputs["policy"]
    history, log, _ = statements(policy)
    assert history["Resource"] == log["Resource"] == [KEY]
    assert history["Condition"]["StringEquals"] == {
        "kms:EncryptionContext:aws:states:stateMachineArn": ARN
    }
    assert log["Condition"]["StringEquals"] == {
        "kms:EncryptionContext:SourceArn": f"arn:aws:logs:eu-central-1:{ACCOUNT}:*"
    }
