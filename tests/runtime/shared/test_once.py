"""An operation that a client asks for again is done once."""

import threading
from collections.abc import Iterator
from uuid import uuid4

import boto3
import pytest
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer
from aws_lambda_powertools.utilities.idempotency.persistence.datarecord import DataRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel

from rampart_local.server import AwsServer
from runtime.shared.errors import UnavailableError
from runtime.shared.identity import Caller
from runtime.shared.once import Once, Place, done_before
from runtime.shared.problem import ProblemError

ACME = Caller("acme", "user-1")
PLACE = {"pk": "acme#1"}


class Request(BaseModel):
    """What is asked for."""

    text: str = "a secret of acme"


class Context(LambdaContext):
    """An invocation with ten seconds left."""

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        return 10_000


class Work:
    """Counts how often it is done."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.times, self.failure = 0, failure

    def __call__(self) -> Place:
        self.times += 1
        if self.failure:
            raise self.failure
        return PLACE


@pytest.fixture(scope="module")
def table(aws: AwsServer) -> Iterator[str]:  # noqa: ARG001  # its address is in the environment
    name = f"seen-{uuid4()}"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_LAMBDA_FUNCTION_NAME", "function-under-test")
        boto3.client("dynamodb").create_table(
            TableName=name,
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        yield name


@pytest.fixture
def once(table: str) -> Once:
    return Once(f"operation-{uuid4()}", done_before(table))


def do(once: Once, work: Work, key: str = "k-1", caller: Caller = ACME, text: str = "x") -> Place:
    return once.do(caller, Request(text=text), key, Context(), work)


def test_a_repeated_request_gets_the_place_of_the_first_result(once: Once) -> None:
    work = Work()
    assert [do(once, work), do(once, work)] == [PLACE, PLACE]
    assert work.times == 1


@pytest.mark.parametrize(
    ("key", "caller"),
    [("k-2", ACME), ("k-1", Caller("acme", "user-2")), ("k-1", Caller("globex", "user-1"))],
)
def test_another_key_another_user_and_another_tenant_have_results_of_their_own(
    once: Once, key: str, caller: Caller
) -> None:
    # given
    do(once, Work())
    other = Work()
    # when
    do(once, other, key, caller)
    # then
    assert other.times == 1


def test_the_same_key_of_another_operation_is_another(once: Once, table: str) -> None:
    # given
    do(once, Work())
    other = Work()
    # when
    do(Once("other", done_before(table)), other)
    # then
    assert other.times == 1


def test_a_key_belongs_to_one_body(once: Once) -> None:
    # given
    do(once, Work(), text="x")
    other = Work()
    # when
    with pytest.raises(ProblemError) as caught:
        do(once, other, text="y")
    # then
    assert (caught.value.status, other.times) == (422, 0)


@pytest.mark.parametrize("key", ["", "a b", "ä", "x" * 65, "../x"])
def test_what_is_no_key_is_refused_before_any_work(once: Once, key: str) -> None:
    work = Work()
    with pytest.raises(ProblemError) as caught:
        do(once, work, key)
    assert (caught.value.status, work.times) == (400, 0)


def test_what_failed_is_not_remembered(once: Once) -> None:
    # given
    with pytest.raises(ZeroDivisionError):
        do(once, Work(ZeroDivisionError()))
    again = Work()
    # when
    do(once, again)
    # then
    assert again.times == 1


def test_of_two_at_once_one_works_and_the_other_is_told_so(once: Once) -> None:
    # given: work that is not done before the second request has its answer
    begun, answered = threading.Event(), threading.Event()
    places: list[Place] = []

    def slow() -> Place:
        begun.set()
        assert answered.wait(10)
        return PLACE

    first = threading.Thread(
        target=lambda: places.append(once.do(ACME, Request(), "k-1", Context(), slow))
    )
    first.start()
    assert begun.wait(10)
    second = Work()
    # when
    with pytest.raises(ProblemError) as caught:
        once.do(ACME, Request(), "k-1", Context(), second)
    answered.set()
    first.join(10)
    # then
    assert (caught.value.status, second.times, places) == (409, 0, [PLACE])


def test_without_its_table_nothing_is_done() -> None:
    # given
    work = Work()
    # when
    with pytest.raises(UnavailableError):
        do(Once("operation", done_before("no-such-table")), work)
    # then
    assert work.times == 0


def test_work_that_is_done_is_answered_though_it_cannot_be_noted(table: str) -> None:
    # given
    class Fails(DynamoDBPersistenceLayer):
        def _update_record(self, data_record: DataRecord) -> None:  # noqa: ARG002 - as overridden
            raise TimeoutError

    # then
    assert do(Once(f"operation-{uuid4()}", Fails(table)), Work()) == PLACE


def test_nothing_of_the_request_is_kept(once: Once, table: str) -> None:
    # when
    do(once, Work(), text="a secret of acme")
    # then
    kept = str(boto3.client("dynamodb").scan(TableName=table)["Items"])
    assert "acme#1" in kept
    assert "secret" not in kept
