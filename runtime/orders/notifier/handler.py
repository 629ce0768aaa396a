"""SQS batch of the topic's messages -> notices to customers."""

import time
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,  # pyright: ignore[reportUnknownVariableType]  # untyped handler in it
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.orders.notifier.core import DynamoNotices, NoticeStep
from runtime.orders.shared.events import EVENT
from runtime.shared.clients import table
from runtime.shared.queue import Queue, QueueSettings
from runtime.shared.worker import Worker


class NotifierSettings(QueueSettings):
    """Where notices are kept, and what queue the events come from."""

    notices_table: str


settings = NotifierSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
step = NoticeStep(DynamoNotices(table(settings.notices_table)), time.time)
worker = Worker(step, EVENT.validate_json, Queue.of(settings), logger, metrics)
batch = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' type
    """Work on every message; those that should come again are named in the answer."""
    return process_partial_response(event, worker.handle, batch, context)
