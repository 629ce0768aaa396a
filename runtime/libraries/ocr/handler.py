"""An image at a signed URL -> the lines of text in it."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.libraries.ocr.core import read_text
from runtime.libraries.ocr.engine import RapidEngine
from runtime.shared.contracts.ocr import REQUEST
from runtime.shared.correlation import caller_correlation_id
from runtime.shared.errors import FunctionError
from runtime.shared.requests import decode
from runtime.shared.s3_address import S3Address
from runtime.shared.signed_urls import SignedUrls

logger = Logger()
tracer = Tracer()
metrics = Metrics()
urls = SignedUrls(S3Address.read())
engine = RapidEngine()


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Read one image; its text is never logged."""
    logger.set_correlation_id(caller_correlation_id(context))
    try:
        response = read_text(decode(REQUEST, event), urls, engine)
    except FunctionError as error:
        metrics.add_metric(type(error).__name__, MetricUnit.Count, 1)
        logger.warning("Refused", error=type(error).__name__, reason=str(error))
        raise
    logger.info("Read", lines=len(response.lines))
    return response.model_dump(mode="json")
