"""What Step Functions would refuse of a definition, in sentences that name the state."""

import json
from typing import Any

import pytest

from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.messaging.definition import parsed

TASK = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke"}
END = {"Type": "Succeed"}


def definition(**states: object) -> dict[str, Any]:
    """Return a definition that starts at the first of its states."""
    return {"StartAt": next(iter(states), ""), "States": states}


def problem(
    document: object, *, express: bool = False, on_failure: str | None = None
) -> str | None:
    text = document if isinstance(document, str) else json.dumps(document)
    try:
        parsed("paying", text, express=express, on_failure=on_failure)
    except ArgumentError as error:
        return str(error).removeprefix("paying.definition: ")
    return None


FINE: list[dict[str, Any]] = [
    definition(A=END),
    definition(A={**TASK, "Next": "B"}, B={"Type": "Fail", "Error": "E"}),
    definition(A={"Type": "Wait", "Seconds": 5, "End": True}),
    definition(
        A={
            "Type": "Choice",
            "Choices": [{"Variable": "$.n", "NumericEquals": 1, "Next": "B"}],
            "Default": "C",
        },
        B={**TASK, "End": True, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "C"}]},
        C=END,
    ),
    definition(
        A={
            "Type": "Parallel",
            "Branches": [definition(A1=END), definition(A2={**TASK, "End": True})],
            "Next": "B",
        },
        B={"Type": "Map", "ItemProcessor": definition(B1=END), "End": True},
    ),
]


@pytest.mark.parametrize("document", FINE)
def test_what_step_functions_takes_is_taken(document: dict[str, Any]) -> None:
    assert problem(document) is None


REFUSED: list[tuple[object, str]] = [
    ("[]", "a JSON object is wanted, with `StartAt` and `States`."),
    ({"StartAt": "A"}, "has no `States`, an object of at least one state."),
    ({"StartAt": "A", "States": []}, "has no `States`, an object of at least one state."),
    (
        {"StartAt": "Pay", "States": {"Pays": END}},
        "starts at 'Pay', and there is no such state; did you mean 'Pays'?",
    ),
    (
        definition(A={**TASK, "Next": "Ship"}, Shipp=END),
        "state 'A' goes to 'Ship' by Next, and there is no such; did you mean 'Shipp'?",
    ),
    (
        definition(A={"Type": "Choice", "Choices": [{"Next": "X"}]}, B=END),
        "state 'A' goes to 'X' by Choices[0], and there is no such.",
    ),
    (
        definition(A={"Type": "Choice", "Choices": [{"Next": "B"}], "Default": "X"}, B=END),
        "state 'A' goes to 'X' by Default, and there is no such.",
    ),
    (
        definition(A={**TASK, "End": True, "Catch": [{"Next": "X"}]}),
        "state 'A' goes to 'X' by Catch[0], and there is no such.",
    ),
    (
        definition(A=END, B=END),
        "state 'B' is never reached from 'A'; name it, or delete it.",
    ),
    (
        definition(A={**TASK, "Next": "B"}, B={**TASK, "Next": "A"}),
        "never ends: no state that is reached is the last; set `End` of one.",
    ),
    (
        definition(A={"Type": "Tasks", "End": True}),
        "state 'A' has the type 'Tasks'; did you mean 'Task'?",
    ),
    (definition(A={**TASK}, B=END), "state 'B' is never reached from 'A'; name it, or delete it."),
    (
        definition(A={**TASK, "Next": "B", "End": True}, B=END),
        "state 'A' has either a `Next` or `End` true, and not both.",
    ),
    (
        definition(A={"Type": "Succeed", "End": True}),
        "state 'A' is a Succeed, which is the last by itself; leave `Next` and `End` out.",
    ),
    (
        definition(A={"Type": "Task", "End": True}),
        "state 'A' is a Task without `Resource`: what it does.",
    ),
    (
        definition(A={"Type": "Choice", "Default": "B"}, B=END),
        "state 'A' is a Choice without `Choices`.",
    ),
    (
        definition(A={"Type": "Parallel", "Branches": [definition(B=END)], "Next": "B"}),
        "state 'A' goes to 'B' by Next, and there is no such.",
    ),
    (
        definition(A={"Type": "Parallel", "Branches": [definition(A=END)], "End": True}),
        "two states are named 'A', and names are unique in the whole definition.",
    ),
    (
        definition(
            A={
                "Type": "Parallel",
                "Branches": [{"StartAt": "X", "States": {"B": END}}],
                "End": True,
            }
        ),
        "branch 0 of state 'A' starts at 'X', and there is no such state.",
    ),
    (
        definition(A={"Type": "Map", "ItemProcessor": definition(), "End": True}),
        "ItemProcessor of state 'A' has no `States`, an object of at least one state.",
    ),
    (
        definition(A={**TASK, "QueryLanguage": "JMESPath", "End": True}),
        "state 'A' has the query language 'JMESPath'; there are JSONata and JSONPath.",
    ),
    (" " * 1_048_577, "1048577 characters, and Step Functions allows 1048576; split it."),
]


@pytest.mark.parametrize(("document", "why"), REFUSED)
def test_what_step_functions_refuses_is_refused_with_its_place(document: object, why: str) -> None:
    assert (problem(document) or "").startswith(why)


@pytest.mark.parametrize("ending", [".waitForTaskToken", ".sync", ".sync:2"])
def test_an_express_workflow_waits_for_nobody(ending: str) -> None:
    # given
    resource = f"arn:aws:states:::states:startExecution{ending}"
    document = definition(A={**TASK, "Resource": resource, "End": True})

    # then
    assert problem(document) is None
    assert problem(document, express=True) == (
        f"state 'A' waits for {resource}, and an express workflow cannot; see `express`."
    )


def test_the_state_for_failures_is_reached_by_what_catches_nothing_and_by_nothing_else() -> None:
    # given
    document = definition(A={**TASK, "End": True}, Undo={**TASK, "Next": "Undone"}, Undone=END)
    without = definition(A={"Type": "Pass", "End": True}, Undo=END)

    # then
    assert problem(document, on_failure="Undo") is None
    assert problem(document) == "state 'Undo' is never reached from 'A'; name it, or delete it."
    assert problem(without, on_failure="Undo") == (
        "state 'Undo' is never reached from 'A'; name it, or delete it."
    )


def test_a_state_for_failures_that_does_not_exist_is_refused_by_its_argument() -> None:
    assert problem(definition(A={**TASK, "End": True}), on_failure="Und") == (
        "paying.on_failure: there is no state 'Und'."
    )
