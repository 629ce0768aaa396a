import json

import pytest

from pulumi_rampart.api.problems import PROBLEMS, GatewayProblem

every_problem = pytest.mark.parametrize("problem", PROBLEMS, ids=lambda one: one.kind)


@every_problem
def test_every_refusal_is_a_problem_document_with_the_id_that_the_logs_carry(
    problem: GatewayProblem,
) -> None:
    # when: API Gateway puts an id of its own into the template
    document = json.loads(problem.template().replace("$context.requestId", "c6af9ac6-7b61"))

    # then
    assert document == {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "correlation_id": "c6af9ac6-7b61",
    }


@every_problem
def test_no_refusal_repeats_the_request_for_nothing_would_escape_its_quotes(
    problem: GatewayProblem,
) -> None:
    # then
    assert problem.template().count("$") == 1


def test_no_kind_of_refusal_is_described_twice() -> None:
    # then
    kinds = [problem.kind for problem in PROBLEMS]
    assert len(set(kinds)) == len(kinds)


def test_what_is_not_foreseen_is_a_problem_document_too() -> None:
    # then
    assert {"DEFAULT_4XX", "DEFAULT_5XX"} <= {problem.kind for problem in PROBLEMS}
