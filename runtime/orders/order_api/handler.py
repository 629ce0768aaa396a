"""/orders, /products, /imports -> a tenant's orders: placed, read, found and decided on."""

import time
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.orders.order_api.core import OrderDesk
from runtime.orders.order_api.imports import Imports
from runtime.orders.order_api.products import Products
from runtime.orders.order_api.routes import OrderRoutes
from runtime.orders.order_api.stores import DynamoOrders, WaitingWorkflows
from runtime.orders.shared.intake import Intake
from runtime.orders.shared.messages import OrderQueue
from runtime.orders.shared.personal import KmsVault
from runtime.shared.api import Api
from runtime.shared.clients import s3_client, sqs_client, states_client, table
from runtime.shared.settings import Settings


class OrderSettings(Settings):
    """Where orders are, where they go, and which browsers' pages may ask."""

    orders_table: str
    notices_table: str
    orders_queue_url: str
    orders_bucket: str
    personal_data_key_arn: str
    allowed_origins: str


settings = OrderSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
api = Api(logger, metrics, settings.allowed_origins)
orders = table(settings.orders_table)
rows = DynamoOrders(orders, table(settings.notices_table))
vault = KmsVault(settings.personal_data_key_arn, orders)
intake = Intake(rows, OrderQueue(sqs_client(), settings.orders_queue_url), vault, time.time)
desk = OrderDesk(intake, rows, WaitingWorkflows(states_client()), vault)
OrderRoutes(api, desk, Products(orders), Imports(s3_client(), settings.orders_bucket))


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_REST)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of the API."""
    return api.routes.resolve(event, context)
