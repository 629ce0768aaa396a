"""S3 events through SQS -> documents whose chunks, vectors, graph and status match their object.

Failed messages are delivered again (partial batch response); repeated ones are recognised.
"""

from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,  # pyright: ignore[reportUnknownVariableType]  # takes any Callable
)
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.knowledge.document_processor.assembly import ProcessorSettings, assembled
from runtime.knowledge.document_processor.messages import Messages
from runtime.shared.clients import lambda_client, sqs_client
from runtime.shared.library import Library
from runtime.shared.once import done_before
from runtime.shared.redelivery import Redelivery

CONVERSION_SECONDS = 330
"""The longest answer to wait for: the conversion's own timeout of 300 s and its cold start."""

settings = ProcessorSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
library = Library(lambda_client(CONVERSION_SECONDS), correlation_id=logger.get_correlation_id)
batch = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
messages = Messages(
    documents=assembled(settings, library, CONVERSION_SECONDS),
    redelivery=Redelivery(sqs_client()),
    seen=done_before(settings.idempotency_table),
    max_receives=settings.max_receives,
)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Process a batch and name the messages that failed."""
    return process_partial_response(event, messages.handle, batch, context)
