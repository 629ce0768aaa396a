"""Schedule, every night -> a settlement of the day before for each tenant."""

import time
from typing import Annotated, Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import Field, TypeAdapter

from runtime.orders.settlement.core import Settling
from runtime.orders.settlement.stores import DynamoLedger
from runtime.shared.clients import table
from runtime.shared.requests import decode
from runtime.shared.settings import Settings
from runtime.shared.shape import Shape


class SettlementSettings(Settings):
    """Where payments are."""

    orders_table: str


class Night(Shape):
    """The event of the schedule; who calls the function by hand may name the day."""

    day: Annotated[str | None, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = None


NIGHT = TypeAdapter(Night)

settings = SettlementSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
settling = Settling(DynamoLedger(table(settings.orders_table)), time.time)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:  # noqa: ARG001 - Lambda's signature
    """Settle one day."""
    tenants = settling.settle(decode(NIGHT, event).day)
    logger.info("settled", extra={"tenants": tenants})
    return {"tenants": tenants}
