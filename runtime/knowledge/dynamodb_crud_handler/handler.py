"""POST /crud, GET /crud, GET/PUT/DELETE /crud/{document_id} -> the records of documents."""

import time
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.knowledge.dynamodb_crud_handler.core import RecordKeeper
from runtime.knowledge.dynamodb_crud_handler.creation import Creation
from runtime.knowledge.dynamodb_crud_handler.routes import RecordRoutes
from runtime.knowledge.dynamodb_crud_handler.stores import (
    DynamoDeletions,
    DynamoRecords,
    S3Objects,
)
from runtime.shared.api import Api
from runtime.shared.clients import s3_client, table
from runtime.shared.settings import Settings
from runtime.shared.waiting import WaitingFiles


class RecordSettings(Settings):
    """Where documents and their records are, and which browsers' pages may ask."""

    documents_bucket: str
    documents_table: str
    idempotency_table: str
    allowed_origins: str


settings = RecordSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
api = Api(logger, metrics, settings.allowed_origins)
s3, documents = s3_client(), table(settings.documents_table)
keeper = RecordKeeper(
    DynamoRecords(documents),
    S3Objects(s3, settings.documents_bucket),
    DynamoDeletions(documents),
    WaitingFiles(s3, settings.documents_bucket),
    time.time,
)
creation = Creation(keeper, DynamoDBPersistenceLayer(settings.idempotency_table))
RecordRoutes(api, keeper, creation)


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_REST)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of the API."""
    return api.routes.resolve(event, context)
