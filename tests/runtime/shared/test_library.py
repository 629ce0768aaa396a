from itertools import count
from traceback import format_exception

import pytest
from botocore.exceptions import ClientError
from pydantic import BaseModel

from runtime.shared.errors import (
    DeniedError,
    ExpiredUrlError,
    FunctionError,
    InvalidRequestError,
    NotConfiguredError,
    RejectedError,
    UnavailableError,
)
from tests.runtime.knowledge.lambda_functions import Functions


class Question(BaseModel):
    text: str
    unused: str | None = None


class Reply(BaseModel):
    count: int


def question() -> Question:
    return Question(text="how many")


def raising(*failures: Exception) -> Functions:
    """Return a function that raises these one after the other and then answers 7."""
    left = list(failures)

    def function(_: dict[str, object]) -> object:
        if left:
            raise left.pop(0)
        return {"count": 7}

    return Functions({"count": function})


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "Invoke")


def test_a_function_gets_json_without_nulls_and_its_answer_comes_back_typed() -> None:
    # given
    cloud = raising()
    # when
    reply = cloud.library().invoke("count", question, Reply)
    # then
    assert reply == Reply(count=7)
    assert cloud.requests == [("count", {"text": "how many"})]
    assert cloud.correlation_ids == ["request-1"]


@pytest.mark.parametrize(
    "failure",
    [
        InvalidRequestError("text: Field required"),
        NotConfiguredError("no key"),
        UnavailableError("timed out"),
        ExpiredUrlError("ask again"),
        DeniedError("no permission"),
    ],
)
def test_an_error_of_a_function_is_raised_here_as_what_it_was(failure: FunctionError) -> None:
    with pytest.raises(type(failure), match=str(failure)):
        raising(failure).library().invoke("count", question, Reply)


def test_a_rejection_keeps_its_code_and_its_explanation() -> None:
    # given
    failure = RejectedError("corrupt", "The file is damaged: at byte 7.")
    # when
    with pytest.raises(RejectedError) as caught:
        raising(failure).library().invoke("count", question, Reply)
    # then
    assert caught.value.code == "corrupt"
    assert caught.value.explanation == "The file is damaged: at byte 7."


def test_a_crash_counts_as_unavailable() -> None:
    with pytest.raises(UnavailableError, match="KeyError"):
        raising(KeyError("x")).library().invoke("count", question, Reply)


def test_only_what_may_work_later_is_tried_again() -> None:
    # given
    later = raising(UnavailableError("1"), UnavailableError("2"))
    never = raising(InvalidRequestError("1"))
    # when
    reply = later.library(attempts=3).invoke("count", question, Reply)
    with pytest.raises(InvalidRequestError):
        never.library(attempts=3).invoke("count", question, Reply)
    # then
    assert reply.count == 7
    assert (len(later.requests), len(never.requests)) == (3, 1)


def test_every_attempt_sends_a_request_of_its_own() -> None:
    # given: what is signed once may have expired when it is sent again
    cloud = raising(ExpiredUrlError("the signed URL has expired"), UnavailableError("busy"))
    numbers = count(1)

    # when
    cloud.library(attempts=3).invoke("count", lambda: Question(text=f"{next(numbers)}"), Reply)

    # then
    assert [request["text"] for _, request in cloud.requests] == ["1", "2", "3"]


def test_a_request_that_its_contract_refuses_is_not_sent_and_not_quoted() -> None:
    # given
    cloud = raising()

    # when
    with pytest.raises(InvalidRequestError, match="text: ") as refused:
        cloud.library().invoke(
            "count", lambda: Question.model_validate({"text": ["confidential"]}), Reply
        )

    # then
    assert "confidential" not in str(refused.value)
    assert cloud.requests == []


def test_after_the_last_attempt_the_functions_own_error_is_raised() -> None:
    cloud = raising(*[UnavailableError("still down")] * 5)
    with pytest.raises(UnavailableError, match="still down"):
        cloud.library(attempts=2).invoke("count", question, Reply)


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("AccessDeniedException", DeniedError),
        ("ResourceNotFoundException", NotConfiguredError),
        ("RequestTooLargeException", InvalidRequestError),
        ("TooManyRequestsException", UnavailableError),
        ("EC2ThrottledException", UnavailableError),
    ],
)
def test_what_lambda_refuses_has_a_meaning(code: str, meaning: type[Exception]) -> None:
    with pytest.raises(meaning):
        raising(refused(code)).library().invoke("count", question, Reply)


def test_an_answer_of_another_shape_counts_as_unavailable() -> None:
    # given
    cloud = Functions({"count": lambda _: {"count": "confidential"}})

    # when
    with pytest.raises(UnavailableError, match="unknown shape: count") as caught:
        cloud.library().invoke("count", question, Reply)

    # then
    assert "confidential" not in "".join(format_exception(caught.value))
