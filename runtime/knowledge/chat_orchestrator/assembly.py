"""The chat with its real parts."""

from collections.abc import Callable

from runtime.knowledge.chat_orchestrator.answerer import GuardedAnswerer
from runtime.knowledge.chat_orchestrator.conversations import DynamoConversations
from runtime.knowledge.chat_orchestrator.core import Chat
from runtime.knowledge.chat_orchestrator.libraries import (
    GraphContext,
    ModelAnswerer,
    SentenceEmbeddings,
    VectorSearch,
)
from runtime.knowledge.chat_orchestrator.live_documents import LiveDocuments
from runtime.knowledge.chat_orchestrator.retrieval import Retriever
from runtime.shared.clients import dynamodb_client, lambda_client
from runtime.shared.library import Library
from runtime.shared.settings import Settings

LONGEST_WAIT_SECONDS = 25.0
"""For any function's answer; the request's own time ends most waits earlier."""


class ChatSettings(Settings):
    """Stores, the library functions by name or ARN, and which browsers' pages may ask."""

    documents_table: str
    conversations_table: str
    embedding_function: str
    vector_function: str
    graph_function: str
    answer_function: str
    idempotency_table: str
    allowed_origins: str


def assembled(settings: ChatSettings, correlation_id: Callable[[], str | None]) -> Chat:
    """Return a chat that works on AWS."""
    client = lambda_client(LONGEST_WAIT_SECONDS)
    library = Library(client, attempts=2, correlation_id=correlation_id)
    # The clients of provider and graph have their own retries, and there is an answer without
    # either: while one is down, a second attempt would only make every question wait twice.
    once = Library(client, attempts=1, correlation_id=correlation_id)
    embeddings = SentenceEmbeddings(library, settings.embedding_function)
    dynamodb = dynamodb_client()
    conversations = DynamoConversations(dynamodb, settings.conversations_table)
    retriever = Retriever(
        search=VectorSearch(library, settings.vector_function),
        graph=GraphContext(once, settings.graph_function),
        documents=LiveDocuments(dynamodb, settings.documents_table),
        conversations=conversations,
    )
    answerer = GuardedAnswerer(ModelAnswerer(once, settings.answer_function))
    return Chat(embeddings, retriever, answerer, conversations)
