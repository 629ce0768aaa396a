"""Calls library functions: JSON in, JSON out, their errors raised here as if they were local."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from botocore.exceptions import ClientError
from pydantic import BaseModel, ValidationError
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from runtime.shared.aws_errors import calling, error_code
from runtime.shared.correlation import client_context
from runtime.shared.errors import (
    DeniedError,
    ExpiredUrlError,
    InvalidRequestError,
    NotConfiguredError,
    RejectedError,
    UnavailableError,
)
from runtime.shared.requests import naming_fields
from runtime.shared.shape import Shape

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

Answer = TypeVar("Answer", bound=BaseModel)

_TYPED: dict[str, Callable[[str], Exception]] = {
    InvalidRequestError.__name__: InvalidRequestError,
    NotConfiguredError.__name__: NotConfiguredError,
    UnavailableError.__name__: UnavailableError,
    ExpiredUrlError.__name__: ExpiredUrlError,
    DeniedError.__name__: DeniedError,
}


class Library:
    """Invokes functions by name or ARN and waits for what they return."""

    def __init__(
        self,
        client: "LambdaClient",
        *,
        attempts: int = 3,
        longest_pause_seconds: float = 2.0,
        correlation_id: Callable[[], str | None] = lambda: None,
    ) -> None:
        """Retry `UnavailableError` up to `attempts` times, with random pauses that grow.

        `correlation_id` is asked before every call; the called function logs what it answers.
        """
        self._client = client
        self._attempts = attempts
        self._longest_pause = longest_pause_seconds
        self._correlation_id = correlation_id

    def invoke(
        self, function: str, request: Callable[[], BaseModel], answer: type[Answer]
    ) -> Answer:
        """Send what `request` returns, and return the function's reply as `answer`.

        Each attempt asks for the request anew: no attempt begins with signed URLs whose time an
        earlier one has used up. A request that its own contract refuses is an InvalidRequestError
        here, as it would be there.

        Raises the typed errors of `runtime.shared.errors`: what the function itself raised,
        UnavailableError when it crashed, timed out, was throttled or answered nonsense,
        DeniedError when this function may not invoke it, NotConfiguredError when it is missing.
        """
        retries = Retrying(
            # An expired URL too: it is a kind of it.
            retry=retry_if_exception_type(UnavailableError),
            stop=stop_after_attempt(self._attempts),
            wait=wait_random_exponential(multiplier=0.2, max=self._longest_pause),
            reraise=True,
        )
        return retries(self._invoke_once, function, request, answer)

    def _invoke_once(
        self, function: str, request: Callable[[], BaseModel], answer: type[Answer]
    ) -> Answer:
        with naming_fields():
            payload = request().model_dump_json(exclude_none=True).encode()
        try:
            with calling("lambda"):
                response = self._client.invoke(
                    FunctionName=function,
                    InvocationType="RequestResponse",
                    ClientContext=client_context(self._correlation_id()),
                    Payload=payload,
                )
                content = response["Payload"].read()
        except ClientError as error:
            raise _refusal(function, error) from error
        if response.get("FunctionError"):
            raise _raised_by(function, content)
        try:
            return answer.model_validate_json(content)
        except ValidationError as error:
            # Without the values, which may be somebody's document.
            faults = error.errors(include_url=False, include_context=False, include_input=False)
            fields = ", ".join(
                ".".join(str(part) for part in fault["loc"]) for fault in faults[:10]
            )
            raise UnavailableError(f"{function} answered in an unknown shape: {fields}") from None


def _refusal(function: str, error: ClientError) -> Exception:
    """Say what Lambda's refusal to invoke means to the caller."""
    code = error_code(error)
    if code == "ResourceNotFoundException":
        return NotConfiguredError(f"{function} does not exist")
    if code in {"InvalidRequestContentException", "RequestTooLargeException"}:
        return InvalidRequestError(f"{function} cannot be sent this request: {code}")
    return UnavailableError(f"{function} could not be started: {code}")


def _raised_by(function: str, content: bytes) -> Exception:
    """Rebuild the error a function raised from Lambda's {errorType, errorMessage}."""
    try:
        failure = _Failure.model_validate_json(content)
    except ValidationError:
        failure = _Failure()
    if failure.errorType == RejectedError.__name__:
        code, _, explanation = failure.errorMessage.partition(": ")
        return RejectedError(code, explanation)
    if failure.errorType in _TYPED:
        return _TYPED[failure.errorType](failure.errorMessage)
    # A crash, a timeout or a bug: none of it can be told apart reliably, and a retry may work.
    reason = json.dumps(f"{failure.errorType}: {failure.errorMessage}"[:500])
    return UnavailableError(f"{function} failed with {reason}")


class _Failure(Shape):
    errorType: str = "unknown"  # noqa: N815 - Lambda's own spelling
    errorMessage: str = ""  # noqa: N815 - Lambda's own spelling
