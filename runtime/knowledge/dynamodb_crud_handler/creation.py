"""Creating a record once, however often a client repeats the request.

A client that saw no answer sends the same `Idempotency-Key` again and gets the first answer.
"""

from http import HTTPStatus
from re import fullmatch
from typing import Any

from aws_lambda_powertools.utilities.idempotency import IdempotencyConfig, idempotent_function
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyValidationError,
)
from aws_lambda_powertools.utilities.idempotency.persistence.base import BasePersistenceLayer
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.knowledge.dynamodb_crud_handler.core import RecordKeeper
from runtime.knowledge.dynamodb_crud_handler.fields import CreateRecord, RecordView
from runtime.shared.identity import Caller
from runtime.shared.problem import ProblemError, wrong_field

HEADER = "Idempotency-Key"
REMEMBERED_SECONDS = 24 * 3600


class Creation:
    """Creates records; with a key, each only once within a day."""

    def __init__(self, keeper: RecordKeeper, seen: BasePersistenceLayer) -> None:
        self._keeper = keeper
        self._once = IdempotencyConfig(
            event_key_jmespath="[tenant, subject, key]",
            payload_validation_jmespath="record",
            expires_after_seconds=REMEMBERED_SECONDS,
        )
        self._create_once = idempotent_function(
            data_keyword_argument="call", persistence_store=seen, config=self._once
        )(self._create)

    def create(
        self, caller: Caller, request: CreateRecord, key: str | None, context: LambdaContext
    ) -> RecordView:
        """Create the record, or return what the same call created before."""
        if key is None:
            return self._keeper.create(caller, request)
        if not fullmatch(r"[A-Za-z0-9_-]{1,64}", key):
            raise wrong_field(HEADER, "must be 1 to 64 letters, digits, `_` or `-`")
        self._once.register_lambda_context(context)
        call = {
            "tenant": caller.tenant,
            "subject": caller.subject,
            "key": key,
            "record": request.model_dump(),
        }
        try:
            return RecordView.model_validate(self._create_once(call=call))
        except IdempotencyValidationError as error:
            detail = "was used before with another body"
            raise wrong_field(HEADER, detail, HTTPStatus.UNPROCESSABLE_ENTITY) from error
        except IdempotencyAlreadyInProgressError as error:
            detail = "The same request is being answered at this moment."
            raise ProblemError(HTTPStatus.CONFLICT, detail) from error

    def _create(self, *, call: dict[str, Any]) -> dict[str, Any]:
        caller = Caller(tenant=call["tenant"], subject=call["subject"])
        return self._keeper.create(caller, CreateRecord(**call["record"])).model_dump()
