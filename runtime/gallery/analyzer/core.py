"""An image with a thumbnail gets an analysis, once for each request, and the next step is told."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from runtime.gallery.analyzer.facts import measure
from runtime.gallery.analyzer.picture import read_picture
from runtime.gallery.analyzer.vision import Looked, Provider, Subject
from runtime.gallery.shared.events import AnalysisComplete, ImageProcessed, Publisher
from runtime.gallery.shared.originals import Original

GONE = "The original was deleted or replaced while it was being analyzed."


@dataclass(frozen=True)
class Waiting:
    """The item waits for this analysis."""

    filename: str
    etag: str
    """Of the content that is meant."""


@dataclass(frozen=True)
class NewAnalysis:
    """What is to be stored."""

    looked: Looked
    raw_response: dict[str, Any]
    trace_id: str


class Analyses(Protocol):
    """The rows of analyses, as this step needs them."""

    def begin(self, event: ImageProcessed) -> Waiting | UUID | None:
        """Return what to analyze, the analysis that is there already, or None if out of date."""
        ...

    def store(self, event: ImageProcessed, analysis: NewAnalysis) -> UUID | None:
        """Store under the next version; None when the item is gone or has newer content."""
        ...

    def expect_end(self, event: ImageProcessed, until: dt.datetime) -> None:
        """Note when the last attempt ends."""
        ...

    def fail(self, event: ImageProcessed, reason: str) -> None:
        """Note the failure, unless the item has newer content."""
        ...


OpenOriginal = Callable[[str, str, str], Original | None]
"""Bucket, key and etag to the image, or None when it was replaced or deleted."""


class AnalysisStep:
    """The step, as `runtime.shared.worker` runs it."""

    def __init__(
        self,
        analyses: Analyses,
        open_original: OpenOriginal,
        provider: Callable[[], Provider],
        bus: Publisher,
    ) -> None:
        """Ask `provider` for every image anew who should look at it: keys come and go."""
        self._analyses, self._open_original = analyses, open_original
        self._provider, self._bus = provider, bus

    def run(self, event: ImageProcessed, trace_id: str) -> None:
        """Analyze, store, tell the next step.

        An event that comes again finds its analysis stored and only tells again, because telling
        may be what failed before.
        """
        found = self._analyses.begin(event)
        analysis_id = (
            self._analyzed(event, found, trace_id) if isinstance(found, Waiting) else found
        )
        if analysis_id is None:
            return
        self._bus.publish(
            AnalysisComplete(
                item_id=event.item_id,
                tenant_id=event.tenant_id,
                user_id=event.user_id,
                analysis_id=analysis_id,
            )
        )

    def expect_end(self, event: ImageProcessed, until: dt.datetime) -> None:
        """Note when the last attempt ends."""
        self._analyses.expect_end(event, until)

    def fail(self, event: ImageProcessed, reason: str) -> None:
        """Note the failure at the item."""
        self._analyses.fail(event, reason)

    def _analyzed(self, event: ImageProcessed, waiting: Waiting, trace_id: str) -> UUID | None:
        """Return the id of a new analysis; the database is not kept waiting meanwhile."""
        original = self._open_original(event.bucket, event.original_key, waiting.etag)
        if original is None:
            # If it was replaced, the newer content's own event makes this status good again.
            self._analyses.fail(event, GONE)
            return None
        with original.file:
            picture = read_picture(original.file)
        facts = measure(picture)
        subject = Subject(
            event.bucket,
            event.original_key,
            original.version_id,
            waiting.filename,
            picture,
            facts,
        )
        looked = self._provider().look(subject)
        raw_response = {
            **looked.answer.model_dump(),
            "facts": facts.model_dump(),
            "details": looked.details,
        }
        return self._analyses.store(event, NewAnalysis(looked, raw_response, trace_id))
