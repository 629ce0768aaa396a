"""POST /chat -> an answer with citations; GET /chat/{session_id} -> the conversation."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.knowledge.chat_orchestrator.asking import Asking
from runtime.knowledge.chat_orchestrator.assembly import ChatSettings, assembled
from runtime.knowledge.chat_orchestrator.messages import SESSION_ID, ChatRequest
from runtime.shared.api import Api, named
from runtime.shared.once import HEADER, Once, done_before

settings = ChatSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
api = Api(logger, metrics, settings.allowed_origins)
chat = assembled(settings, logger.get_correlation_id)
asking = Asking(chat, Once("chat", done_before(settings.idempotency_table)))


@api.routes.post("/chat")
def ask() -> Response[str]:
    """Answer a question, only once for an Idempotency-Key."""
    request, key = api.body(ChatRequest), api.header(HEADER)
    reply = asking.ask(api.caller, request, key, api.routes.lambda_context, api.correlation_id)
    metrics.add_metric("ChatAnswers", MetricUnit.Count, 1)
    metrics.add_metric("DegradedChatAnswers", MetricUnit.Count, int(reply.degraded))
    return api.answer(reply)


@api.routes.get("/chat/<session_id>")
def transcript(session_id: str) -> Response[str]:
    """Return a conversation."""
    session_id = named(SESSION_ID, session_id, "session")
    return api.answer(chat.transcript(api.caller, session_id))


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_REST)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of the API."""
    return api.routes.resolve(event, context)
