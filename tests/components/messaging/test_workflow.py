import json
from typing import Any, cast

import pulumi
import pytest
from pulumi import Output

from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.functions.zip_lambda import ZipLambda
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.messaging.workflow import Workflow, WorkflowArgs
from pulumi_rampart.permission import policy_document
from pulumi_rampart.testing import Graph
from tests.components.inside import (
    ACCOUNT,
    BOUNDARY,
    KEY,
    recorded,
    refused_after,
    statements,
)

pytestmark = pytest.mark.usefixtures("functions")
MACHINE = "aws:sfn/stateMachine:StateMachine"
ARN = f"arn:aws:states:eu-central-1:{ACCOUNT}:stateMachine:shop-dev-paying"
ONE_STEP = json.dumps(
    {
        "StartAt": "Charge",
        "States": {"Charge": {"Type": "Task", "Resource": "${charge}", "End": True}},
    }
)


def pay(definition: Any = ONE_STEP, **more: object) -> Workflow:  # noqa: ANN401  # a text or an output
    args = cast("WorkflowArgs", {"boundary": BOUNDARY, "definition": definition, **more})
    worker = ZipLambda("worker", {"boundary": BOUNDARY, "source": "functions/worker"})
    return Workflow("paying", args, functions={"charge": worker})


def paying(definition: str = ONE_STEP, **more: object) -> Graph:
    return recorded(lambda: pay(definition, **more))


def written(graph: Graph) -> dict[str, Any]:
    """Return the definition that is deployed."""
    return json.loads(graph.one(MACHINE, "paying").inputs["definition"])


def test_names_in_the_definition_become_the_arns_of_the_functions() -> None:
    # when
    graph = paying()

    # then
    function = graph.one("aws:lambda/function:Function", "worker").outputs["arn"]
    assert written(graph)["States"]["Charge"]["Resource"] == function


def test_values_stand_where_they_are_named_and_cannot_end_their_text() -> None:
    # given
    definition = json.dumps(
        {
            "StartAt": "Tell",
            "States": {
                "Tell": {
                    "Type": "Task",
                    "Resource": "arn:aws:states:::sqs:sendMessage",
                    "Parameters": {"QueueUrl": "${queue}", "MessageBody": "${words}"},
                    "End": True,
                }
            },
        }
    )

    def program() -> None:
        values = {"queue": Output.from_input("https://queue"), "words": 'say "no"'}
        Workflow("paying", {"boundary": BOUNDARY, "definition": definition, "values": {**values}})

    # when
    parameters = written(recorded(program))["States"]["Tell"]["Parameters"]

    # then
    assert parameters == {"QueueUrl": "https://queue", "MessageBody": 'say "no"'}


def test_its_role_calls_the_functions_it_names_and_does_what_is_listed() -> None:
    # given
    def program() -> None:
        jobs = ObservedQueue("jobs", {"boundary": BOUNDARY, "consumer_timeout_seconds": 60})
        pay(permissions=[jobs.send()])

    # when
    graph = recorded(program)

    # then
    role = graph.one("aws:iam/role:Role", "paying-role").inputs
    assert role["path"] == "/workflows/"
    assert role["permissionsBoundary"] == BOUNDARY["permissions_boundary_arn"]
    (trust,) = statements(role["assumeRolePolicy"])
    assert trust["Principal"] == {"Service": "states.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "paying-role-policy").inputs["policy"]
    call, send, _, history, log, unscoped = statements(policy)
    function = graph.one("aws:lambda/function:Function", "worker").outputs["arn"]
    queue = graph.one("aws:sqs/queue:Queue", "jobs").outputs["arn"]
    assert (call["Action"], call["Resource"]) == (["lambda:InvokeFunction"], [function])
    assert (send["Action"], send["Resource"]) == (["sqs:SendMessage"], [queue])
    assert (history["Action"], log["Action"]) == (
        ["kms:Decrypt", "kms:GenerateDataKey"],
        ["kms:GenerateDataKey"],
    )
    context = {"kms:EncryptionContext:aws:states:stateMachineArn": ARN}
    assert history["Condition"] == {"StringEquals": context}
    assert unscoped["Resource"] == ["*"]
    assert {one.partition(":")[0] for one in unscoped["Action"]} == {"logs", "xray"}


def test_it_is_encrypted_logged_without_its_data_and_traced() -> None:
    # when
    graph = paying()

    # then
    machine = graph.one(MACHINE, "paying").inputs
    logs = graph.one("aws:cloudwatch/logGroup:LogGroup", "paying-logs")
    assert machine["type"] == "STANDARD"
    assert machine["encryptionConfiguration"] == {
        "type": "CUSTOMER_MANAGED_KMS_KEY",
        "kmsKeyId": KEY,
    }
    assert machine["loggingConfiguration"] == {
        "level": "ALL",
        "includeExecutionData": False,
        "logDestination": f"{logs.outputs['arn']}:*",
    }
    assert machine["tracingConfiguration"] == {"enabled": True}
    assert logs.inputs["name"] == "/aws/vendedlogs/states/shop-dev-paying"
    assert (logs.inputs["kmsKeyId"], logs.inputs["retentionInDays"]) == (KEY, 365)


def test_it_has_the_arn_for_which_its_role_may_encrypt() -> None:
    assert paying().one(MACHINE, "paying").inputs["name"] == ARN.rpartition(":")[2]


def test_it_waits_for_its_role() -> None:
    # when
    graph = paying()

    # then
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "paying-role-policy")
    assert policy.urn in graph.one(MACHINE, "paying").dependencies


@pytest.mark.parametrize(
    ("more", "seconds"),
    [({}, 86_400), ({"timeout_seconds": 60}, 60), ({"express": True}, 300)],
)
def test_no_execution_lasts_longer_than_it_may(more: dict[str, Any], seconds: int) -> None:
    assert written(paying(**more))["TimeoutSeconds"] == seconds


def test_an_express_workflow_is_one() -> None:
    assert paying(express=True).one(MACHINE, "paying").inputs["type"] == "EXPRESS"


def test_a_caller_starts_it_and_whoever_holds_a_token_answers() -> None:
    # given
    documents: list[str] = []

    def program() -> None:
        made = pay()
        policy_document([made.start(), made.answer()]).apply(documents.append)

    # when
    graph = recorded(program)

    # then
    start, answer = statements(documents[0])
    assert (start["Action"], start["Resource"]) == (
        ["states:StartExecution"],
        [graph.one(MACHINE, "paying").outputs["arn"]],
    )
    assert answer["Action"] == [
        "states:SendTaskFailure",
        "states:SendTaskHeartbeat",
        "states:SendTaskSuccess",
    ]
    assert answer["Resource"] == ["*"]


def test_a_definition_known_at_deployment_is_checked_then() -> None:
    # when
    graph = recorded(lambda: pay(Output.from_input(ONE_STEP)))

    # then
    assert "Retry" in written(graph)["States"]["Charge"]
    with pytest.raises(ArgumentError, match=r"paying\.definition: no JSON"):
        recorded(lambda: pay(Output.from_input("{")))


REFUSED: list[tuple[dict[str, object], str]] = [
    ({"definition": "{"}, ".definition: no JSON: Expecting property name"),
    (
        {"definition": ONE_STEP.replace("${charge}", "${chrge}")},
        ".definition: names ${chrge}, which is neither among `functions` nor among `values`.",
    ),
    (
        {"definition": ONE_STEP.replace("${charge}", "arn:aws:lambda")},
        ".functions: the definition does not name ${charge}; leave it out, or use it.",
    ),
    (
        {"values": {"queue": "https://queue"}},
        ".values: the definition does not name ${queue}; leave it out, or use it.",
    ),
    (
        {"values": {"charge": "x"}},
        ".values: charge is the name of a function; take another.",
    ),
    (
        {"express": True, "timeout_seconds": 301},
        ".timeout_seconds=301: an express workflow takes 300 s at most; leave `express` out.",
    ),
    (
        {"definition": ONE_STEP.replace('"StartAt"', '"TimeoutSeconds": 5, "StartAt"')},
        ".definition: has TimeoutSeconds; say it once, as `timeout_seconds`.",
    ),
    ({"on_failure": "Undo"}, ".on_failure: there is no state 'Undo'."),
    ({"asl": "{}"}, ".asl: there is no such argument; did you mean `definition`?"),
    (
        {"permissions": [{"statements": [{"actions": ["iam:PassRole"], "resources": ["*"]}]}]},
        ": iam:PassRole is denied by the boundary's limit of all roles",
    ),
]


@pytest.mark.parametrize(("wrong", "why"), REFUSED)
def test_what_is_no_workflow_is_refused(wrong: dict[str, object], why: str) -> None:
    # when
    given = {"definition": ONE_STEP, **wrong}
    message = refused_after(lambda: pay(**given), MACHINE)

    # then
    assert message.startswith(f"paying{why}")


def test_a_name_that_no_state_machine_can_have_is_refused() -> None:
    # given
    def program() -> None:
        definition = json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}})
        Workflow("pay now", {"boundary": BOUNDARY, "definition": definition})

    # then
    assert "allows no ' ' in" in refused_after(program, MACHINE)


def test_its_children_are_tagged_and_below_it() -> None:
    # given
    def program() -> None:
        definition = json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}})
        boundary = {**BOUNDARY, "tags": {"team": "orders"}}
        args = cast("WorkflowArgs", {"boundary": boundary, "definition": definition})
        Workflow("paying", args, pulumi.ResourceOptions(protect=False))

    # when
    graph = recorded(program)

    # then
    machine = graph.one(MACHINE, "paying")
    assert machine.inputs["tags"] == {"team": "orders"}
    assert machine.parent == graph.one("rampart:index:Workflow", "paying").urn
