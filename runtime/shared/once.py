"""Doing once what a client asks for, however often it repeats the request.

A client that saw no answer sends the same `Idempotency-Key` again. What is remembered is where the
result lies, not the result: what is deleted there leaves no copy here.
"""

from collections.abc import Callable
from http import HTTPStatus
from re import fullmatch

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyInconsistentStateError,
    IdempotencyPersistenceLayerError,
    IdempotencyValidationError,
)
from aws_lambda_powertools.utilities.idempotency.persistence.base import BasePersistenceLayer
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.config import Config
from pydantic import BaseModel
from pydantic.config import JsonDict

from runtime.shared.errors import UnavailableError
from runtime.shared.identity import Caller
from runtime.shared.problem import ProblemError, wrong_field

logger = Logger(child=True)

HEADER = "Idempotency-Key"
KEY = r"^[A-Za-z0-9_-]{1,64}$"
PARAMETER: JsonDict = {
    "name": HEADER,
    "in": "header",
    "description": "Chosen by the client: a repeated request with it gets the first result.",
    "schema": {"type": "string", "pattern": KEY},
}
"""The header, as OpenAPI describes it."""
REMEMBERED_SECONDS = 24 * 3600
LONGEST_NOTE_SECONDS = 4.0
"""How long reading or writing what was done may take: two attempts of two seconds each."""

Place = dict[str, str]
"""Where a result lies: the key of a row."""

_IMPATIENT = Config(
    connect_timeout=1,
    read_timeout=1,
    retries={"mode": "standard", "total_max_attempts": 2},
)


def done_before(table: str) -> DynamoDBPersistenceLayer:
    """Return what was done before, as the table keeps it for a day."""
    return DynamoDBPersistenceLayer(table, boto_config=_IMPATIENT)


class Once:
    """Does one operation; for a key of a user only once within a day."""

    def __init__(self, operation: str, seen: BasePersistenceLayer) -> None:
        """`operation` tells keys of different routes apart."""
        self._operation = operation
        self._config = IdempotencyConfig(
            event_key_jmespath="[operation, tenant, subject, key]",
            payload_validation_jmespath="request",
            expires_after_seconds=REMEMBERED_SECONDS,
            hash_function="sha256",
        )
        self._work = idempotent_function(
            data_keyword_argument="call", persistence_store=seen, config=self._config
        )(_worked)

    def do(
        self,
        caller: Caller,
        request: BaseModel,
        key: str,
        context: LambdaContext,
        work: Callable[[], Place],
    ) -> Place:
        """Do the work, or return the place of what the same request did before.

        What `work` raises is raised, and nothing is remembered. Raises a problem for a key that is
        none (400), that another body had (422), or whose request is being worked on (409), and
        UnavailableError, before any work, when nobody can say whether it was done.
        """
        if not fullmatch(KEY, key):
            raise wrong_field(HEADER, "must be 1 to 64 letters, digits, `_` or `-`")
        self._config.register_lambda_context(context)
        call = {
            "operation": self._operation,
            "tenant": caller.tenant,
            "subject": caller.subject,
            "key": key,
            "request": request.model_dump(mode="json"),
        }
        done: list[Place] = []

        def noted() -> Place:
            done.append(work())
            return done[0]

        try:
            return self._work(call=call, work=noted)
        except IdempotencyValidationError as error:
            detail = "was used before with another body"
            raise wrong_field(HEADER, detail, HTTPStatus.UNPROCESSABLE_ENTITY) from error
        except IdempotencyAlreadyInProgressError as error:
            detail = "The same request is being answered at this moment."
            raise ProblemError(HTTPStatus.CONFLICT, detail) from error
        except (IdempotencyPersistenceLayerError, IdempotencyInconsistentStateError) as error:
            if not done:
                raise UnavailableError("what was done before is not known") from error
            # Failing now would tell the client to do it again.
            logger.exception("what was done is not noted: a repeated request does it again")
            return done[0]


def _worked(*, call: dict[str, object], work: Callable[[], Place]) -> Place:  # noqa: ARG001 - it is the key
    return work()
