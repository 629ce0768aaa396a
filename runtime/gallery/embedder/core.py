"""An analysis gets its vector, and with it the item is ready to be found."""

import datetime as dt
from typing import Any, Protocol

from runtime.gallery.shared.embedding import Embedded, Embedder
from runtime.gallery.shared.events import AnalysisComplete
from runtime.shared.errors import RejectedError
from runtime.shared.shape import Shape


class Source(Shape):
    """What is embedded of an analysis, the telling parts first: models read a limited length."""

    category: str
    summary: str
    tags: list[str]
    visible_text: str

    def text(self) -> str:
        """Return the document, or raise RejectedError when there is nothing in it."""
        parts = (self.summary, ", ".join(self.tags), self.visible_text, self.category)
        text = "\n".join(part.strip() for part in parts if part.strip())
        if not text:
            raise RejectedError("empty_analysis", "The analysis of the image says nothing.")
        return text


class Embeddings(Protocol):
    """The rows of embeddings, as this step needs them."""

    def begin(self, event: AnalysisComplete) -> dict[str, Any] | None:
        """Return the fields of the analysis; None when it is embedded, superseded or gone."""
        ...

    def store(self, event: AnalysisComplete, source: Source, embedded: Embedded) -> None:
        """Store in place of the vectors of earlier analyses; the item is ready then."""
        ...

    def expect_end(self, event: AnalysisComplete, until: dt.datetime) -> None:
        """Note when the last attempt ends."""
        ...

    def fail(self, event: AnalysisComplete, reason: str) -> None:
        """Note the failure, unless the analysis is superseded or embedded."""
        ...


class EmbeddingStep:
    """The step, as `runtime.shared.worker` runs it."""

    def __init__(self, embeddings: Embeddings, embedder: Embedder) -> None:
        """Embed with `embedder`, store with `embeddings`."""
        self._embeddings, self._embedder = embeddings, embedder

    def run(self, event: AnalysisComplete, trace_id: str) -> None:
        """Embed the analysis and store its vector; an event that comes again finds it done."""
        del trace_id  # the analysis has it
        fields = self._embeddings.begin(event)
        if fields is None:
            return
        source = Source.model_validate(fields)
        embedded = self._embedder.embed(source.text(), "document")
        self._embeddings.store(event, source, embedded)

    def expect_end(self, event: AnalysisComplete, until: dt.datetime) -> None:
        """Note when the last attempt ends."""
        self._embeddings.expect_end(event, until)

    def fail(self, event: AnalysisComplete, reason: str) -> None:
        """Note the failure at the item."""
        self._embeddings.fail(event, reason)
