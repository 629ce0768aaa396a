"""SQS batch of S3's `Object Created` -> the file's orders in the queue, and its report."""

import time
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,  # pyright: ignore[reportUnknownVariableType]  # untyped handler in it
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.orders.bulk_intake.core import BulkIntake, FileUploaded, ImportStep
from runtime.orders.shared.intake import Intake
from runtime.orders.shared.messages import OrderQueue
from runtime.orders.shared.personal import KmsVault
from runtime.orders.shared.rows import OrderRows
from runtime.shared.clients import s3_client, sqs_client, table
from runtime.shared.events import enveloped
from runtime.shared.objects import Objects
from runtime.shared.queue import Queue, QueueSettings
from runtime.shared.worker import Worker


class BulkSettings(QueueSettings):
    """Where orders go, and what queue the files come from."""

    orders_table: str
    orders_queue_url: str
    personal_data_key_arn: str


settings = BulkSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
orders, sqs = table(settings.orders_table), sqs_client()
intake = Intake(
    OrderRows(orders),
    OrderQueue(sqs, settings.orders_queue_url),
    KmsVault(settings.personal_data_key_arn, orders),
    time.time,
)
step = ImportStep(Objects(s3_client()), BulkIntake(intake))
worker = Worker(step, enveloped(FileUploaded), Queue.of(settings), logger, metrics)
batch = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' type
    """Work on every message; those that should come again are named in the answer."""
    return process_partial_response(event, worker.handle, batch, context)
