"""The library functions that the chat calls, in Python."""

from typing import TYPE_CHECKING, Any

from runtime.shared.contracts import answerer, neo4j, pinecone, sentence_transformer
from runtime.shared.contracts.content import Inline
from tests.runtime.knowledge.document_processor.world import version_of
from tests.runtime.knowledge.lambda_functions import Functions

if TYPE_CHECKING:
    from runtime.shared.documents import Document

QUESTION = {"question": "How often must I descale the machine?"}
TEXT = "Descale the machine every three months."
VERSION = version_of(TEXT)


class Libraries:
    """What the library functions answer; a test may replace each."""

    def __init__(self) -> None:
        self.cloud = Functions(
            {
                "sentence-transformer": self.embed,
                "pinecone": self.search,
                "neo4j": self.relate,
                "openai": self.answer,
            }
        )
        self.document: Document | None = None

    def asked(self, function: str) -> int:
        """Return how often a function was called."""
        return sum(name == function for name, _ in self.cloud.requests)

    def embed(self, request: dict[str, Any]) -> object:
        asked = sentence_transformer.REQUEST.validate_python(request)
        assert isinstance(asked.texts, Inline)
        vectors = [[1.0, 0.0] for _ in asked.texts.value]
        return sentence_transformer.EmbedAnswer(
            model="m", dimension=2, count=len(vectors), vectors=Inline(value=vectors)
        ).model_dump(mode="json")

    def search(self, request: dict[str, Any]) -> object:
        pinecone.REQUEST.validate_python(request)
        if self.document is None or request["namespace"] != self.document.tenant:
            return {"matches": []}
        metadata = {
            "document_id": self.document.document_id,
            "version": VERSION,
            "index": 0.0,
            "text": TEXT,
            "headings": ["Care"],
            "page": 4.0,  # Pinecone knows no integers
            "filename": "old name.pdf",
        }
        match = {"id": self.document.chunk_id(VERSION, 0), "score": 0.7, "metadata": metadata}
        return {"matches": [match]}

    def relate(self, request: dict[str, Any]) -> object:
        neo4j.REQUEST.validate_python(request)
        return {"related": [], "entities": []}

    def answer(self, request: dict[str, Any]) -> object:
        answerer.REQUEST.validate_python(request)
        passage = request["passages"][0]
        return {
            "answer": "Every three months.",
            "citations": [{"passage_id": passage["id"], "quote": passage["text"]}],
            "provider": "openai",
            "model": "test-model",
            "usage": {"input_tokens": 1, "output_tokens": 1},
        }
