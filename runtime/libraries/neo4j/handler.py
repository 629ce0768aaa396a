"""A request for the graph of documents -> Neo4j, within one tenant."""

from functools import lru_cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.libraries.neo4j.core import answer
from runtime.libraries.neo4j.graph import Neo4jGraph
from runtime.libraries.neo4j.login import login
from runtime.shared.contracts.neo4j import REQUEST
from runtime.shared.correlation import caller_correlation_id
from runtime.shared.errors import FunctionError
from runtime.shared.requests import decode
from runtime.shared.s3_address import S3Address
from runtime.shared.secret import Secrets
from runtime.shared.settings import Settings
from runtime.shared.signed_urls import SignedUrls


class Neo4jSettings(Settings):
    """Where the graph is; the secret is {"username", "password"} in JSON."""

    neo4j_secret_arn: str
    neo4j_uri: str
    neo4j_database: str


logger, tracer, metrics = Logger(), Tracer(), Metrics()
settings = Neo4jSettings.read()
secrets = Secrets()
urls = SignedUrls(S3Address.read())


@lru_cache(maxsize=1)
def connected(secret: str) -> Neo4jGraph:
    """Return the graph; a rotated password makes new connections."""
    known = login(secret)
    return Neo4jGraph(settings.neo4j_uri, known.username, known.password, settings.neo4j_database)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Carry out one operation; content is never logged."""
    logger.set_correlation_id(caller_correlation_id(context))
    try:
        request = decode(REQUEST, event)
        response = answer(request, connected(secrets.read(settings.neo4j_secret_arn)), urls)
    except FunctionError as error:
        metrics.add_metric(type(error).__name__, MetricUnit.Count, 1)
        logger.warning("Refused", error=type(error).__name__, reason=str(error))
        raise
    metrics.add_metric("Succeeded", MetricUnit.Count, 1)
    logger.info("Done", operation=request.operation, tenant=request.tenant)
    return response.model_dump(mode="json")
