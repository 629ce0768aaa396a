"""SQS batch of ImageProcessed -> analyses in PostgreSQL, and AnalysisComplete."""

from functools import partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,  # pyright: ignore[reportUnknownVariableType]  # untyped handler in it
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.gallery.analyzer.analyses import AnalysisRows
from runtime.gallery.analyzer.core import AnalysisStep
from runtime.gallery.analyzer.providers import Providers, VisionSettings
from runtime.gallery.shared.clients import events_client, parameters_client
from runtime.gallery.shared.connection import connected
from runtime.gallery.shared.database import DatabaseSettings
from runtime.gallery.shared.events import Bus, ImageProcessed
from runtime.gallery.shared.originals import open_original
from runtime.gallery.shared.parameters import Parameters
from runtime.gallery.shared.worker import DeadLetters, Worker
from runtime.shared.clients import lambda_client, s3_client, sqs_client
from runtime.shared.library import Library


class AnalyzerSettings(DatabaseSettings, VisionSettings):
    """Where analyses go on to, and how often the queue delivers a message before it gives up."""

    bus_name: str
    dead_letter_queue_url: str
    max_receives: int


settings = AnalyzerSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
# Two attempts at the text fit into the function's 300 s.
library = Library(
    lambda_client(read_timeout_seconds=125), attempts=2, correlation_id=logger.get_correlation_id
)
step = AnalysisStep(
    AnalysisRows(connected(settings)),
    partial(open_original, s3_client()),
    Providers(settings, Parameters(parameters_client()), library).chosen,
    Bus(events_client(), settings.bus_name),
)
dead_letters = DeadLetters(sqs_client(), settings.dead_letter_queue_url)
worker = Worker(
    step, ImageProcessed, dead_letters, logger, metrics, max_receives=settings.max_receives
)
batch = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' type
    """Work on every message; those that should come again are named in the answer."""
    return process_partial_response(event, worker.handle, batch, context)
