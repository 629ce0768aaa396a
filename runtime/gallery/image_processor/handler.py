"""SQS batch of S3 events (through EventBridge) -> thumbnails in S3, rows, and ImageProcessed."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,  # pyright: ignore[reportUnknownVariableType]  # untyped handler in it
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.gallery.image_processor.core import ObjectCreated, ThumbnailStep
from runtime.gallery.image_processor.images import S3Images
from runtime.gallery.image_processor.items import ItemRows
from runtime.gallery.shared.connection import connected
from runtime.gallery.shared.database import DatabaseSettings
from runtime.gallery.shared.events import SOURCE
from runtime.shared.clients import events_client, s3_client
from runtime.shared.events import Bus, enveloped
from runtime.shared.queue import Queue, QueueSettings
from runtime.shared.worker import Worker


class ImageProcessorSettings(DatabaseSettings, QueueSettings):
    """Where images go on to, and what is too large."""

    bus_name: str
    max_image_bytes: int


settings = ImageProcessorSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
step = ThumbnailStep(
    ItemRows(connected(settings)),
    S3Images(s3_client()),
    Bus(events_client(), settings.bus_name, SOURCE),
    settings.max_image_bytes,
)
worker = Worker(step, enveloped(ObjectCreated), Queue.of(settings), logger, metrics)
batch = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' type
    """Work on every message; those that should come again are named in the answer."""
    return process_partial_response(event, worker.handle, batch, context)
