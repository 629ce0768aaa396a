"""Texts -> one normalised vector each."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.libraries.sentence_transformer.core import embed
from runtime.libraries.sentence_transformer.model import PackagedModel
from runtime.shared.contracts.sentence_transformer import REQUEST
from runtime.shared.correlation import caller_correlation_id
from runtime.shared.errors import FunctionError
from runtime.shared.requests import decode
from runtime.shared.s3_address import S3Address
from runtime.shared.settings import Settings
from runtime.shared.signed_urls import SignedUrls


class EmbeddingSettings(Settings):
    """Which of the packaged models encodes."""

    model_name: str


logger, tracer, metrics = Logger(), Tracer(), Metrics()
settings = EmbeddingSettings.read()
urls = SignedUrls(S3Address.read())
model = PackagedModel(settings.model_name)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Encode one batch of texts; they are never logged."""
    logger.set_correlation_id(caller_correlation_id(context))
    try:
        response = embed(decode(REQUEST, event), model, urls)
    except FunctionError as error:
        metrics.add_metric(type(error).__name__, MetricUnit.Count, 1)
        logger.warning("Refused", error=type(error).__name__, reason=str(error))
        raise
    metrics.add_metric("Texts", MetricUnit.Count, response.count)
    logger.info("Embedded", texts=response.count)
    return response.model_dump(mode="json")
