"""SQS FIFO batch of OrderReceived -> orders that are paid, with their events; or dead letters."""

import time
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.utilities.batch import (
    process_partial_response,  # pyright: ignore[reportUnknownVariableType]  # untyped handler in it
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.orders.order_processor.core import OrderStep
from runtime.orders.order_processor.stores import DynamoOrders
from runtime.orders.shared.messages import OrderReceived
from runtime.orders.shared.payments import PaymentSettings, payments
from runtime.shared.clients import table
from runtime.shared.fifo import FifoBatch
from runtime.shared.queue import Queue, QueueSettings
from runtime.shared.worker import Worker


class ProcessorSettings(PaymentSettings, QueueSettings):
    """Where orders are, who charges them, and what queue they come from."""

    orders_table: str


settings = ProcessorSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
step = OrderStep(DynamoOrders(table(settings.orders_table)), payments(settings), time.time)
queue = Queue.of(settings)
worker = Worker(step, OrderReceived.model_validate_json, queue, logger, metrics)
batch = FifoBatch(queue.redelivery)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' type
    """Work on every message; those that should come again are named in the answer."""
    return process_partial_response(event, worker.handle, batch, context)
