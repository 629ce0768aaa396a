"""DynamoDB stream of outbox rows -> events on the bus, messages of the topic."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,  # pyright: ignore[reportUnknownVariableType]  # untyped handler in it
)
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.orders.outbox_publisher.core import Outbox, SnsTopic
from runtime.orders.shared.events import SOURCE
from runtime.shared.clients import events_client, sns_client
from runtime.shared.events import Bus
from runtime.shared.settings import Settings


class PublisherSettings(Settings):
    """Where events go."""

    bus_name: str
    topic_arn: str


settings = PublisherSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
outbox = Outbox(
    Bus(events_client(), settings.bus_name, SOURCE), SnsTopic(sns_client(), settings.topic_arn)
)
batch = BatchProcessor(EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' type
    """Publish every row; the stream goes on behind the last one that was published."""
    return process_partial_response(event, _publish, batch, context)


def _publish(record: DynamoDBRecord) -> None:
    image = record.dynamodb.new_image if record.dynamodb else None
    try:
        published = outbox.publish(str((image or {}).get("event", "")))
    except Exception:
        # Powertools notes failures at level DEBUG only, and a stream has no other trace of them.
        logger.exception("the event of a row was not published")
        raise
    logger.set_correlation_id(published.correlation_id)
    logger.info("published", extra={"event": published.detail_type, "id": published.event_id})
    metrics.add_metric("Published", MetricUnit.Count, 1)
