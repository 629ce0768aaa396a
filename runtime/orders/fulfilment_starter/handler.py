"""SQS batch of PaymentCaptured -> executions of the fulfilment workflow."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,  # pyright: ignore[reportUnknownVariableType]  # untyped handler in it
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.orders.fulfilment_starter.core import StartStep, StateMachine
from runtime.orders.shared.events import PaymentCaptured
from runtime.shared.clients import states_client
from runtime.shared.events import enveloped
from runtime.shared.queue import Queue, QueueSettings
from runtime.shared.worker import Worker


class StarterSettings(QueueSettings):
    """Which workflow, and what queue its orders come from."""

    workflow_arn: str


settings = StarterSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
step = StartStep(StateMachine(states_client(), settings.workflow_arn))
worker = Worker(step, enveloped(PaymentCaptured), Queue.of(settings), logger, metrics)
batch = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' type
    """Work on every message; those that should come again are named in the answer."""
    return process_partial_response(event, worker.handle, batch, context)
