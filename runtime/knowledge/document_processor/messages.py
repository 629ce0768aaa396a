"""One queue message at a time: recognise repeated events, plan another delivery of failed ones."""

import time

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.idempotency import IdempotencyConfig, idempotent_function
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
)
from aws_lambda_powertools.utilities.idempotency.persistence.base import BasePersistenceLayer
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.knowledge.document_processor.core import DocumentProcessor
from runtime.knowledge.document_processor.events import Change, changes_in
from runtime.knowledge.document_processor.leases import BUSY_SECONDS
from runtime.knowledge.document_processor.ports import Delivery, NotNowError
from runtime.shared.documents import uploaded
from runtime.shared.errors import InvalidRequestError
from runtime.shared.redelivery import Redelivery

logger, metrics = Logger(), Metrics()

REMEMBERED_SECONDS = 24 * 3600
"""How long a repeated event is recognised; later ones find nothing left to do anyway."""


class Messages:
    """Applies what messages tell of to the documents."""

    def __init__(
        self,
        documents: DocumentProcessor,
        redelivery: Redelivery,
        seen: BasePersistenceLayer,
        max_receives: int,
    ) -> None:
        """`max_receives`: the delivery with this number is a message's last."""
        self._documents, self._redelivery = documents, redelivery
        self._seen, self._max_receives = seen, max_receives

    def handle(self, record: SQSRecord, lambda_context: LambdaContext) -> None:
        """Apply every change of one message; raises what shall fail the message."""
        logger.set_correlation_id(record.message_id)
        attempt = int(record.attributes.approximate_receive_count)
        seconds_left = lambda_context.get_remaining_time_in_millis() / 1000
        delivery = Delivery(
            attempt=attempt,
            is_last=attempt >= self._max_receives,
            dies_at=time.time() + seconds_left,
        )
        once = IdempotencyConfig(expires_after_seconds=REMEMBERED_SECONDS)
        once.register_lambda_context(lambda_context)
        apply = idempotent_function(
            data_keyword_argument="change", persistence_store=self._seen, config=once
        )(self._apply)
        try:
            try:
                for change in changes_in(record.body):
                    apply(change=change.model_dump(), delivery=delivery)
            except NotNowError as error:
                self._postpone(record, str(error), error.seconds)
            except IdempotencyAlreadyInProgressError:
                # If that other delivery fails and was the last of its message, nobody else would
                # come back for the event: it stays, and is recognised once it has been applied.
                self._postpone(record, "another delivery is applying this event", BUSY_SECONDS)
        except Exception:
            logger.exception("message failed", extra={"attempt": attempt})
            metrics.add_metric("MessagesFailed", MetricUnit.Count, 1)
            self._redelivery.plan(record)
            raise

    def _postpone(self, record: SQSRecord, reason: str, seconds: int) -> None:
        logger.info("message postponed", extra={"reason": reason, "seconds": seconds})
        metrics.add_metric("MessagesPostponed", MetricUnit.Count, 1)
        self._redelivery.begin_anew(record, seconds)

    def _apply(self, *, change: dict[str, str], delivery: Delivery) -> None:
        key = Change.model_validate(change).key
        try:
            document = uploaded(key)
        except InvalidRequestError:
            # Put there past the API; no delivery of this message will make it a document.
            logger.exception("an object that is no document was ignored", extra={"key": key})
            return
        logger.append_keys(tenant=document.tenant, document_id=document.document_id)
        for outcome in self._documents.process(document, key, delivery):
            logger.info("document processed", extra={"outcome": outcome})
            metrics.add_metric(f"Documents.{outcome}", MetricUnit.Count, 1)
