"""A circuit breaker is open for all environments, and lets one call through after its pause."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import boto3
import pytest

from rampart_local.server import AwsServer
from runtime.shared.breaker import Breaker, SharedState
from runtime.shared.clients import table
from runtime.shared.errors import InvalidRequestError, RejectedError, UnavailableError

FAILURES = 3


@pytest.fixture(scope="module")
def breakers(aws: AwsServer) -> str:
    assert aws  # its address is in the environment
    name = f"breakers-{uuid4()}"
    boto3.client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "service", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "service", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


class Service:
    """Counts how often it is asked."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.asked = error, 0

    def __call__(self) -> str:
        self.asked += 1
        if self.error:
            raise self.error
        return "answer"


def environments(
    breakers: str, pause_seconds: float, number: int = 2
) -> list[Callable[[Service], str]]:
    """Return how each of some environments calls a service."""
    service = uuid4().hex
    return [
        Breaker(service, SharedState(table(breakers), service), FAILURES, pause_seconds).call
        for _ in range(number)
    ]


def fail(call: Callable[[Any], str], service: Service, times: int) -> None:
    for _ in range(times):
        with pytest.raises(UnavailableError):
            call(service)


def test_what_one_environment_finds_out_another_knows(breakers: str) -> None:
    # given
    one, other = environments(breakers, pause_seconds=60)
    down = Service(UnavailableError("no answer"))
    fail(one, down, FAILURES)

    # when
    up = Service()
    fail(other, up, 1)

    # then
    assert (down.asked, up.asked) == (FAILURES, 0)


def test_failures_of_all_environments_count(breakers: str) -> None:
    one, other = environments(breakers, pause_seconds=60)
    down = Service(UnavailableError("no answer"))
    fail(one, down, FAILURES - 1)
    fail(other, down, 1)
    fail(one, down, 1)
    assert down.asked == FAILURES


def test_a_success_between_failures_begins_the_count_anew(breakers: str) -> None:
    one, _ = environments(breakers, pause_seconds=60)
    down, up = Service(UnavailableError("no answer")), Service()
    fail(one, down, FAILURES - 1)
    assert one(up) == "answer"
    fail(one, down, FAILURES - 1)
    assert one(up) == "answer"


def test_after_the_pause_a_success_closes_it_for_all(breakers: str) -> None:
    # given: no pause at all
    one, other = environments(breakers, pause_seconds=0)
    fail(one, Service(UnavailableError("no answer")), FAILURES)

    # then
    assert other(Service()) == "answer"
    assert one(Service()) == "answer"


def test_after_the_pause_a_failure_opens_it_again(breakers: str) -> None:
    # given
    one, _ = environments(breakers, pause_seconds=0)
    service = uuid4().hex
    patient = Breaker(service, SharedState(table(breakers), service), FAILURES, 60).call
    down = Service(UnavailableError("no answer"))
    fail(one, down, FAILURES)

    # when: one call is let through, and fails
    fail(one, down, 1)

    # then
    assert down.asked == FAILURES + 1
    fail(patient, down, FAILURES)
    fail(patient, down, 1)
    assert down.asked == 2 * FAILURES + 1


@pytest.mark.parametrize("error", [RejectedError("declined", "no"), InvalidRequestError("wrong")])
def test_an_answer_that_is_no_does_not_open_it(breakers: str, error: Exception) -> None:
    one, _ = environments(breakers, pause_seconds=60)
    no = Service(error)
    for _ in range(2 * FAILURES):
        with pytest.raises(type(error)):
            one(no)
    assert no.asked == 2 * FAILURES


def test_a_table_that_does_not_answer_leaves_it_closed(breakers: str) -> None:
    # given
    assert breakers

    class Gone:
        def get_item(self, **_: object) -> None:
            raise UnavailableError("no table")

        update_item = get_item

    gone: Any = Gone()
    call = Breaker("payments", SharedState(gone, "payments"), FAILURES, 60).call

    # then
    assert [call(Service()) for _ in range(2)] == ["answer", "answer"]
    down = Service(UnavailableError("no answer"))
    fail(call, down, 2 * FAILURES)
    assert down.asked == 2 * FAILURES
