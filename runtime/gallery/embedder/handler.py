"""SQS batch of AnalysisComplete -> vectors in PostgreSQL; the items are ready."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,  # pyright: ignore[reportUnknownVariableType]  # untyped handler in it
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.gallery.embedder.core import EmbeddingStep
from runtime.gallery.embedder.embeddings import EmbeddingRows
from runtime.gallery.shared.clients import parameters_client
from runtime.gallery.shared.connection import connected
from runtime.gallery.shared.database import DatabaseSettings
from runtime.gallery.shared.embedding import EmbeddingSettings, embedder
from runtime.gallery.shared.events import AnalysisComplete
from runtime.gallery.shared.parameters import Parameters
from runtime.shared.clients import lambda_client
from runtime.shared.events import enveloped
from runtime.shared.library import Library
from runtime.shared.queue import Queue, QueueSettings
from runtime.shared.worker import Worker


class EmbedderSettings(DatabaseSettings, EmbeddingSettings, QueueSettings):
    """Who embeds, where vectors go, and what queue they come from."""


settings = EmbedderSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
# The queue tries again too: within the function's 60 s there is time for one patient attempt.
library = Library(
    lambda_client(read_timeout_seconds=45), attempts=1, correlation_id=logger.get_correlation_id
)
step = EmbeddingStep(
    EmbeddingRows(connected(settings)),
    embedder(settings, library, Parameters(parameters_client())),
)
worker = Worker(step, enveloped(AnalysisComplete), Queue.of(settings), logger, metrics)
batch = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' type
    """Work on every message; those that should come again are named in the answer."""
    return process_partial_response(event, worker.handle, batch, context)
