"""SQS batch of the topic's messages -> objects of the audit trail."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,  # pyright: ignore[reportUnknownVariableType]  # untyped handler in it
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.orders.audit_trail.core import AuditStep, S3Trail
from runtime.orders.shared.events import EVENT
from runtime.shared.clients import s3_client
from runtime.shared.queue import Queue, QueueSettings
from runtime.shared.worker import Worker


class AuditSettings(QueueSettings):
    """Where events are kept, and what queue they come from."""

    orders_bucket: str


settings = AuditSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
step = AuditStep(S3Trail(s3_client(), settings.orders_bucket))
worker = Worker(step, EVENT.validate_json, Queue.of(settings), logger, metrics)
batch = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' type
    """Work on every message; those that should come again are named in the answer."""
    return process_partial_response(event, worker.handle, batch, context)
