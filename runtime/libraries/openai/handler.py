"""A question and passages -> an answer with citations, by an OpenAI model."""

from functools import lru_cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.libraries.openai.core import answer, connected
from runtime.shared.answer_prompt import PROMPT_VERSION
from runtime.shared.contracts.answerer import REQUEST
from runtime.shared.correlation import caller_correlation_id
from runtime.shared.errors import FunctionError
from runtime.shared.requests import decode
from runtime.shared.secret import Secrets
from runtime.shared.settings import Settings


class OpenAISettings(Settings):
    """Which model, and where; "" as base URL is the public service. The secret is the API key."""

    openai_secret_arn: str
    openai_model: str
    openai_base_url: str


logger, tracer, metrics = Logger(), Tracer(), Metrics()
settings = OpenAISettings.read()
secrets = Secrets()
client_for = lru_cache(maxsize=1)(connected)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one question; neither it nor the answer is logged."""
    logger.set_correlation_id(caller_correlation_id(context))
    try:
        request = decode(REQUEST, event)
        client = client_for(secrets.read(settings.openai_secret_arn), settings.openai_base_url)
        response = answer(request, client, settings.openai_model)
    except FunctionError as error:
        metrics.add_metric(type(error).__name__, MetricUnit.Count, 1)
        logger.warning("Refused", error=type(error).__name__, reason=str(error))
        raise
    metrics.add_metric("InputTokens", MetricUnit.Count, response.usage.input_tokens)
    metrics.add_metric("OutputTokens", MetricUnit.Count, response.usage.output_tokens)
    logger.info("Answered", citations=len(response.citations), prompt_version=PROMPT_VERSION)
    return response.model_dump(mode="json")
