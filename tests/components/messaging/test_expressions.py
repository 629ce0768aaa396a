"""Which expressions of a state can be read, in each of the two languages."""

from typing import Any

import pytest

from pulumi_rampart.messaging.expressions import JSONATA, JSONPATH, problem_of_state

PATHS = [
    "$",
    "$.order.id",
    "$.orders[0].id",
    "$.orders[*]",
    "$.orders[-1]",
    "$.orders[0:2]",
    "$.orders[0,1]",
    "$..price",
    "$['order id']",
    "$.orders[?(@.total > 5)].id",
    "$$.Task.Token",
    "$total.sum",
    "$.a-b",
    "States.Format('{}-{}', $.a, $.b)",
    "States.Array($.a, States.UUID())",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_read(path: str) -> None:
    assert problem_of_state({"Parameters": {"id.$": path}}, JSONPATH) is None


@pytest.mark.parametrize(
    "path",
    ["order.id", "$.", "$.a..", "$.a[", "$.a[b]", "$ .a", "States.Format('{}', $.a", "$.a b", 5],
)
def test_what_is_no_path_is_told(path: object) -> None:
    # when
    problem = problem_of_state({"Parameters": {"deep": [{"id.$": path}]}}, JSONPATH)

    # then
    assert problem == (
        f"has {path!r} in Parameters.deep[0].id.$, and no JSONPath: $.order.id, or "
        "States.Format(...)."
    )


@pytest.mark.parametrize("field", ["InputPath", "OutputPath", "ResultPath", "ItemsPath"])
def test_fields_of_a_state_that_end_in_path_hold_one_or_nothing(field: str) -> None:
    assert problem_of_state({field: None}, JSONPATH) is None
    assert problem_of_state({field: "$.a"}, JSONPATH) is None
    assert problem_of_state({field: "a"}, JSONPATH) is not None


def test_what_a_choice_looks_at_is_a_path() -> None:
    # given
    choice = {"Choices": [{"And": [{"Variable": "n", "StringEqualsPath": "$.m"}], "Next": "B"}]}

    # then
    problem = problem_of_state(choice, JSONPATH)
    assert problem is not None
    assert problem.startswith("has 'n' in Choices[0].And[0].Variable,")


def test_what_is_handed_on_may_be_called_as_it_likes() -> None:
    assert (
        problem_of_state({"Parameters": {"filePath": "s3://x", "Variable": "x"}}, JSONPATH) is None
    )


@pytest.mark.parametrize(
    "text",
    ["{% $states.input.total > 5 %}", "{%1%}", "plain text", "{% $merge([$a, {'b': 1}]) %}"],
)
def test_jsonata_is_read(text: str) -> None:
    assert problem_of_state({"Arguments": {"a": [text]}}, JSONATA) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{% $states.input.( %}", "which JSONata cannot read: "),
        ("{% 1", "and JSONata stands between {% and %}."),
        ("1 %}", "and JSONata stands between {% and %}."),
        ("{%}", "and JSONata stands between {% and %}."),
    ],
)
def test_what_is_no_jsonata_is_told(text: str, why: str) -> None:
    # when
    problem = problem_of_state({"Choices": [{"Condition": text}]}, JSONATA)

    # then
    assert problem is not None
    assert problem.startswith(f"has {text!r} in Choices[0].Condition, {why}")


@pytest.mark.parametrize(
    ("state", "language", "why"),
    [
        (
            {"Parameters": {}},
            JSONATA,
            "has Parameters, which is of JSONPath, and speaks JSONata; see `QueryLanguage`.",
        ),
        (
            {"Arguments": {}},
            JSONPATH,
            "has Arguments, which is of JSONata, and speaks JSONPath; see `QueryLanguage`.",
        ),
        (
            {"Arguments": {"a.$": "$.a"}},
            JSONATA,
            "has Arguments.a.$ as JSONPath writes it, and speaks JSONata; write {% ... %}.",
        ),
        (
            {"Parameters": {"a": "{% 1 %}"}},
            JSONPATH,
            "has JSONata in Parameters.a and speaks JSONPath; set `QueryLanguage`.",
        ),
    ],
)
def test_a_state_speaks_one_language(state: dict[str, Any], language: str, why: str) -> None:
    assert problem_of_state(state, language) == why


def test_branches_are_judged_where_they_stand() -> None:
    # given
    branch = {"States": {"B": {"Parameters": {"a.$": "wrong"}}}}

    # then
    assert problem_of_state({"Branches": [branch]}, JSONPATH) is None
    assert problem_of_state({"ItemProcessor": branch}, JSONATA) is None
