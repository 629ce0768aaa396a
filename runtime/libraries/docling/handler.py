"""A document at a signed URL -> its Markdown, and chunks with headings, page and key phrases."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.libraries.docling.core import convert_document
from runtime.shared.contracts.docling import REQUEST
from runtime.shared.correlation import caller_correlation_id
from runtime.shared.errors import FunctionError
from runtime.shared.requests import decode
from runtime.shared.s3_address import S3Address
from runtime.shared.signed_urls import SignedUrls

logger = Logger()
tracer = Tracer()
metrics = Metrics()
urls = SignedUrls(S3Address.read())


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Convert one document; content is never logged."""
    logger.set_correlation_id(caller_correlation_id(context))
    try:
        response = convert_document(decode(REQUEST, event), urls)
    except FunctionError as error:
        metrics.add_metric(type(error).__name__, MetricUnit.Count, 1)
        logger.warning("Refused", error=type(error).__name__, reason=str(error))
        raise
    metrics.add_metric("Chunks", MetricUnit.Count, response.chunk_count)
    logger.info("Converted", chunks=response.chunk_count, pages=response.pages)
    return response.model_dump(mode="json")
