"""A request for vectors -> Pinecone, within one namespace."""

from functools import lru_cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.libraries.pinecone.core import answer
from runtime.libraries.pinecone.index import PineconeIndex
from runtime.shared.contracts.pinecone import REQUEST
from runtime.shared.correlation import caller_correlation_id
from runtime.shared.errors import FunctionError
from runtime.shared.requests import decode
from runtime.shared.s3_address import S3Address
from runtime.shared.secret import Secrets
from runtime.shared.settings import Settings
from runtime.shared.signed_urls import SignedUrls


class PineconeSettings(Settings):
    """Which index, and where; "" as control URL is the public service."""

    pinecone_secret_arn: str
    pinecone_index: str
    pinecone_control_url: str
    vector_dimension: int


logger, tracer, metrics = Logger(), Tracer(), Metrics()
settings = PineconeSettings.read()
secrets = Secrets()
urls = SignedUrls(S3Address.read())


@lru_cache(maxsize=1)
def connected(api_key: str) -> PineconeIndex:
    """Return the index; a rotated key makes a new connection."""
    return PineconeIndex(
        api_key, settings.pinecone_control_url, settings.pinecone_index, settings.vector_dimension
    )


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Carry out one operation; content is never logged."""
    logger.set_correlation_id(caller_correlation_id(context))
    try:
        request = decode(REQUEST, event)
        response = answer(request, connected(secrets.read(settings.pinecone_secret_arn)), urls)
    except FunctionError as error:
        metrics.add_metric(type(error).__name__, MetricUnit.Count, 1)
        logger.warning("Refused", error=type(error).__name__, reason=str(error))
        raise
    metrics.add_metric("Succeeded", MetricUnit.Count, 1)
    logger.info("Done", operation=request.operation, namespace=request.namespace)
    return response.model_dump(mode="json")
