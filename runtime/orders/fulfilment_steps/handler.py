"""A task of the fulfilment workflow -> what it changed."""

import time
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.orders.fulfilment_steps.core import Fulfilment
from runtime.orders.fulfilment_steps.requests import REQUEST
from runtime.orders.fulfilment_steps.stores import DynamoOrders
from runtime.orders.shared.payments import PaymentSettings, payments
from runtime.shared.clients import table
from runtime.shared.requests import decode


class FulfilmentSettings(PaymentSettings):
    """Where orders are, and who refunds them."""

    orders_table: str


settings = FulfilmentSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
fulfilment = Fulfilment(DynamoOrders(table(settings.orders_table)), payments(settings), time.time)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """Do one task; its errors are the workflow's to catch."""
    request = decode(REQUEST, event)
    logger.set_correlation_id(request.correlation_id)
    done = fulfilment.do(request)
    logger.info("task done", extra={"operation": request.operation, "order": request.order_id})
    return done.model_dump()
