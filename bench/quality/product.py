"""Knowledge in one process: its own code from chunks to answers, with memory instead of AWS.

Vectors and terms are in the Pinecone stand-in behind the real client; the chunks' rows, which
DynamoDB has in the product, are in a dictionary. There is no answering model: answers are extracts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Self, TypeVar, cast
from uuid import NAMESPACE_URL, uuid5

from bench.quality.conversion import Converted, Files
from bench.quality.vectors import Vectors
from rampart_local.standins.pinecone import PineconeStandin
from runtime.knowledge.chat_orchestrator.budget import Budget
from runtime.knowledge.chat_orchestrator.core import Chat
from runtime.knowledge.chat_orchestrator.libraries import VectorSearch
from runtime.knowledge.chat_orchestrator.live_documents import LiveDocuments
from runtime.knowledge.chat_orchestrator.messages import ChatAnswer, ChatRequest, Message
from runtime.knowledge.chat_orchestrator.ports import Answer, Hit, Passage
from runtime.knowledge.chat_orchestrator.retrieval import Retriever
from runtime.knowledge.document_processor.libraries import Calls, VectorStore
from runtime.knowledge.document_processor.ports import Conversion, Edition, in_context
from runtime.libraries.pinecone.core import answer
from runtime.libraries.pinecone.index import PineconeIndex
from runtime.shared.contracts import pinecone
from runtime.shared.contracts.content import Inline
from runtime.shared.documents import Document
from runtime.shared.errors import NotConfiguredError
from runtime.shared.identity import Caller
from runtime.shared.once import Place

TENANT = "quality"
SECONDS = 600.0
Shape = TypeVar("Shape")


class NoGraph:
    """Implements `ports.Graph` for a tenant whose graph is empty."""

    def related(self, tenant: str, terms: Sequence[str], limit: int) -> list[Hit]:  # noqa: ARG002
        """Return nothing."""
        return []


class NoModel:
    """Implements `ports.Answerer` where no provider is configured."""

    def answer(
        self,
        question: str,  # noqa: ARG002
        passages: Sequence[Passage],  # noqa: ARG002
        history: Sequence[Message],  # noqa: ARG002
        seconds: float,  # noqa: ARG002
    ) -> Answer:
        """Say that there is none."""
        raise NotConfiguredError("no model")


class NoHistory:
    """Implements `ports.Conversations` for questions that stand alone."""

    def latest(self, caller: Caller, session_id: str, limit: int) -> list[Message]:  # noqa: ARG002
        """Return nothing."""
        return []

    def add(self, caller: Caller, question: str, answer: ChatAnswer, seconds: float) -> Place:  # noqa: ARG002
        """Forget it."""
        return {}

    def answer(self, place: Place) -> ChatAnswer | None:  # noqa: ARG002
        """Return nothing."""
        return None


@dataclass
class Rows:
    """The documents table, as far as BatchGetItem reads it."""

    items: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def batch_get_item(self, RequestItems: dict[str, Any]) -> dict[str, Any]:  # noqa: N803
        """Return the items that are there."""
        (table,) = RequestItems
        keys = [(key["pk"], key["sk"]) for key in RequestItems[table]["Keys"]]
        found = [self.items[key] for key in keys if key in self.items]
        return {"Responses": {table: found}, "UnprocessedKeys": {}}


class Direct:
    """Calls the vector function's core where the product invokes a Lambda function."""

    def __init__(self, index: PineconeIndex) -> None:
        self._index = index

    def invoke(self, function: str, request: Callable[[], Any], shape: type[Shape]) -> Shape:  # noqa: ARG002
        """Return the function's answer."""
        reply = answer(
            pinecone.REQUEST.validate_python(request().model_dump()), self._index, Files()
        )
        return cast("Shape", reply)


class Offered:
    """Content that is small enough for a message here: there is no limit in one process."""

    def __init__(self, value: object) -> None:
        self._value = value

    def content(self) -> Inline:
        """Return it as it is sent."""
        return Inline(value=self._value)


class Product:
    """Documents that have been uploaded, and a chat over them."""

    def __init__(self, documents: Sequence[Converted], vectors: Vectors) -> None:
        self.documents, self.vectors = documents, vectors
        self._standin = PineconeStandin()

    def __enter__(self) -> Self:
        """Store all documents."""
        self._standin.start()
        index = PineconeIndex(self._standin.api_key, self._standin.url, "quality", 384)
        direct, rows = Direct(index), Rows()
        store = VectorStore(cast("Calls", _Calls(direct)), "pinecone")
        self.editions = [self._edition(document) for document in self.documents]
        for edition in self.editions:
            if edition.content.chunks:
                store.write(edition)
            _record(edition, rows)
        self.search = VectorSearch(cast("Any", direct), "pinecone")
        self.retriever = Retriever(
            search=self.search,
            graph=NoGraph(),
            documents=LiveDocuments(cast("Any", rows), "documents"),
            conversations=NoHistory(),
        )
        self.chat = Chat(self.vectors, self.retriever, NoModel(), NoHistory())
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the stand-in."""
        self._standin.stop()

    def ask(self, question: str) -> ChatAnswer:
        """Return the chat's answer."""
        request = ChatRequest(question=question)
        turn = self.chat.ask(Caller(TENANT, "user"), request, Budget(SECONDS), "quality")
        return turn.answer

    def _edition(self, document: Converted) -> Edition:
        chunks = document.chunks
        version = sha256(document.name.encode()).hexdigest()
        content = Conversion(
            title=document.title, pages=document.pages, markdown="", chunks=list(chunks)
        )
        vectors = self.vectors.embed([in_context(chunk) for chunk in chunks])
        key = Document(TENANT, str(uuid5(NAMESPACE_URL, document.name)))
        return Edition(key, version, document.name, content, vectors)


@dataclass(frozen=True)
class _Calls:
    library: Direct

    def folder(self, document: Document, version: str, part: str = "") -> Self:  # noqa: ARG002
        """Return itself: content stays in the message."""
        return self

    def offered(self, name: str, value: object) -> Offered:  # noqa: ARG002
        """Return content for a request."""
        return Offered(value)


def _record(edition: Edition, rows: Rows) -> None:
    """Write what the processor leaves in the documents table."""
    document = edition.document
    record = {
        **document.record_key,
        "document_id": document.document_id,
        "tenant_id": TENANT,
        "status": "ready",
        "live_version": edition.version,
        "filename": edition.filename,
        "created_at": "2026-01-01T00:00:00+00:00",
        "updated_at": "2026-01-01T00:00:00+00:00",
    }
    rows.items[record["pk"], record["sk"]] = record
    for chunk in edition.content.chunks:
        key = (document.partition, f"{document.chunk_prefix(edition.version)}{chunk.index:05d}")
        rows.items[key] = {
            "pk": key[0],
            "sk": key[1],
            "chunk_id": document.chunk_id(edition.version, chunk.index),
            "version": edition.version,
            **chunk.model_dump(exclude_none=True),
        }
