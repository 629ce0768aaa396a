"""Retries, and the way of failures, that a definition gets by itself."""

import json
from typing import Any

from pulumi import Output

from pulumi_rampart.messaging.definition_defaults import (
    RETRY,
    TRANSIENT,
    filled,
    placeholders,
    with_defaults,
)
from tests.components.inside import recorded

END = {"Type": "Succeed"}


def task(**more: object) -> dict[str, Any]:
    return {"Type": "Task", "Resource": "x", "End": True, **more}


def completed(document: dict[str, Any], on_failure: str | None = None) -> dict[str, Any]:
    with_defaults(document, on_failure=on_failure)
    return document["States"]


def test_a_task_is_tried_again_where_lambda_itself_failed_with_growing_pauses() -> None:
    # when
    states = completed({"StartAt": "A", "States": {"A": task()}})

    # then
    (retry,) = states["A"]["Retry"]
    assert retry == RETRY
    assert set(retry["ErrorEquals"]) == {
        "Lambda.ServiceException",
        "Lambda.AWSLambdaException",
        "Lambda.SdkClientException",
        "Lambda.TooManyRequestsException",
    }
    assert set(retry["ErrorEquals"]) == set(TRANSIENT)
    assert retry["MaxAttempts"] > 1 < retry["BackoffRate"]


def test_a_task_that_says_how_it_is_retried_and_a_state_that_is_none_stay_as_they_are() -> None:
    # when
    states = completed({"StartAt": "A", "States": {"A": task(Retry=[]), "B": END}})

    # then
    assert states == {"A": task(Retry=[]), "B": END}


def test_tasks_in_branches_are_retried_and_leave_their_failures_to_the_parallel() -> None:
    # given
    branch = {"StartAt": "B", "States": {"B": task()}}
    parallel = {"Type": "Parallel", "Branches": [branch], "End": True}

    # when
    states = completed({"StartAt": "A", "States": {"A": parallel, "Undo": END}}, "Undo")

    # then
    assert branch["States"]["B"]["Retry"] == [RETRY]
    assert "Catch" not in branch["States"]["B"]
    assert states["A"]["Catch"][0]["Next"] == "Undo"


def test_failures_that_nobody_catches_go_on_with_the_input_and_what_went_wrong() -> None:
    # when
    states = completed({"StartAt": "A", "States": {"A": task(), "Undo": END}}, "Undo")

    # then
    assert states["A"]["Catch"] == [
        {"ErrorEquals": ["States.ALL"], "Next": "Undo", "ResultPath": "$.error"}
    ]


def test_in_jsonata_input_and_error_are_merged() -> None:
    # when
    document = {
        "QueryLanguage": "JSONata",
        "StartAt": "A",
        "States": {"A": task(), "B": task(QueryLanguage="JSONPath"), "Undo": END},
    }
    states = completed(document, "Undo")

    # then
    assert states["A"]["Catch"][0]["Output"] == (
        "{% $merge([$states.input, {'error': $states.errorOutput}]) %}"
    )
    assert states["B"]["Catch"][0]["ResultPath"] == "$.error"


def test_a_failure_while_undoing_does_not_begin_to_undo_again() -> None:
    # given
    undo = task(Next="Tell")
    del undo["End"]

    # when
    states = completed(
        {"StartAt": "A", "States": {"A": task(), "Undo": undo, "Tell": task()}}, "Undo"
    )

    # then
    assert [name for name, state in states.items() if "Catch" in state] == ["A"]


def test_a_state_that_catches_by_itself_is_left_alone() -> None:
    # given
    own = [{"ErrorEquals": ["Declined"], "Next": "Undo"}]

    # then
    states = completed({"StartAt": "A", "States": {"A": task(Catch=own), "Undo": END}}, "Undo")
    assert states["A"]["Catch"] == own


def test_without_a_state_for_failures_nothing_is_caught() -> None:
    assert "Catch" not in completed({"StartAt": "A", "States": {"A": task()}})["A"]


def test_names_are_found_once_and_expressions_are_none() -> None:
    assert placeholders('"${a}" "${b-c}" "${a}" {% ${"k": 1} %} $.a ${1} $${x}') == [
        "a",
        "b-c",
        "x",
    ]


def test_values_stand_for_their_names_and_cannot_end_the_text_they_stand_in() -> None:
    # given
    texts: list[str] = []

    def program() -> None:
        known = {"a": Output.from_input('"\\'), "b": "plain"}
        filled({"x": "${a} ${b} ${c}"}, known).apply(texts.append)

    # when
    recorded(program)

    # then
    assert json.loads(texts[0]) == {"x": '"\\ plain ${c}'}
