"""POST /upload -> a presigned form for S3; GET /upload/{document_id} -> how far the document is."""

from http import HTTPStatus
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.knowledge.s3_unified_handler.assembly import UploadSettings, assembled
from runtime.knowledge.s3_unified_handler.core import UploadRequest
from runtime.shared.api import Api, named
from runtime.shared.documents import DOCUMENT_ID

settings = UploadSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
api = Api(logger, metrics, settings.allowed_origins)
uploads = assembled(settings)


@api.routes.post("/upload")
def begin() -> Response[str]:
    """Begin an upload."""
    upload = uploads.begin(api.caller, api.body(UploadRequest))
    metrics.add_metric("UploadsBegun", MetricUnit.Count, 1)
    return api.answer(upload, HTTPStatus.CREATED, Location=f"upload/{upload.document_id}")


@api.routes.get("/upload/<document_id>")
def status(document_id: str) -> Response[str]:
    """Tell how far a document is."""
    document_id = named(DOCUMENT_ID, document_id, "document")
    return api.answer(uploads.status(api.caller, document_id))


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_REST)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of the API."""
    return api.routes.resolve(event, context)
