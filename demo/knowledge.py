"""Knowledge: upload the samples, wait until they are ready, ask, and check what is answered."""

import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Protocol

from rich.console import Console

from demo.board import Rows
from demo.knowledge_client import CONTENT_TYPES, Document, KnowledgeClient
from demo.knowledge_questions import Question, read_questions
from demo.panels import answered
from demo.story import Place, Steps, Story, StoryError

SAMPLES = Path(__file__).parents[1] / "samples"

# The first PDF loads the conversion's models; on two busy cores that takes its time.
_READY_WITHIN_SECONDS = 300


class Documents(Protocol):
    """The part of the Knowledge API that uploads; `client.KnowledgeClient` has it."""

    def documents(self) -> list[Document]:
        """List all documents of the tenant."""
        ...

    def upload(self, file: Path) -> str:
        """Upload a file and return its document id."""
        ...

    def document(self, document_id: str) -> Document:
        """Tell how far a document is."""
        ...


class NotReadyError(StoryError):
    """A document failed or did not become ready in time."""


def upload_samples(place: Place, rows: Rows) -> Steps:
    """Bring the samples there, unless they are.

    Raises:
        ApiError, NotReadyError: the API refused, or a document did not become ready.
    """
    with KnowledgeClient(place.api_url, place.token) as api:
        yield from upload(api, sample_documents(), rows)


def ask_all(place: Place, console: Console) -> bool:
    """Ask the demo's questions; tells whether every answer was right and cited its document.

    Raises:
        ApiError: the API refused.
    """
    asked = [one for one in read_questions(SAMPLES / "questions.yaml") if one.ask == "demo"]
    with KnowledgeClient(place.api_url, place.token) as api:
        right = [_ask(api, question, console) for question in asked]
    console.print(f"{sum(right)} of {len(right)} answers are right and cite their document.")
    return all(right)


def sample_documents() -> list[Path]:
    """List the files of samples/ that Knowledge can read."""
    return sorted(file for file in SAMPLES.iterdir() if file.suffix in CONTENT_TYPES)


def upload(api: Documents, files: Sequence[Path], rows: Rows) -> Generator[None, None, list[Path]]:
    """Upload what is not there yet and wait until it is ready; returns the files uploaded.

    Raises:
        NotReadyError: a document failed, or was not ready in time.
    """
    known = {document.filename: document for document in api.documents()}
    changed: list[Path] = []
    for file in files:
        document = known.get(file.name)
        if document and document.holds(file):
            _show(rows, file, document, "unchanged, not uploaded again")
        else:
            rows.show(file.name)
            changed.append(file)
    yield from _ready(api, {file: api.upload(file) for file in changed}, rows)
    return changed


def _ready(api: Documents, uploaded: dict[Path, str], rows: Rows) -> Steps:
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    pending = dict(uploaded)
    while pending:
        for file, document_id in list(pending.items()):
            document = api.document(document_id)
            _show(rows, file, document)
            _refuse_failed(document, file)
            if document.holds(file):
                del pending[file]
        if pending and time.monotonic() > deadline:
            late = ", ".join(file.name for file in pending)
            raise NotReadyError(f"not ready after {_READY_WITHIN_SECONDS} s: {late}")
        yield


def _show(rows: Rows, file: Path, document: Document, note: str | None = None) -> None:
    values = (document.pages, document.chunk_count)
    rows.show(file.name, document.status, values, document.reason or note)


def _refuse_failed(document: Document, file: Path) -> None:
    if document.status == "failed":
        raise NotReadyError(f"{file.name} failed: {document.reason}")


def _ask(api: KnowledgeClient, question: Question, console: Console) -> bool:
    """Ask one question and show its answer; tells whether it was right."""
    started = time.monotonic()
    answer = api.ask(question.question)
    faults = question.faults(answer)
    console.print(answered(question.question, answer, faults, time.monotonic() - started))
    return not faults


KNOWLEDGE = Story(
    system="Knowledge",
    export="knowledge_api_url",
    what="documents",
    columns=("pages", "chunks"),
    upload=upload_samples,
    ask=ask_all,
    example=(
        """/chat -d '{"question": "What does error code E27 mean?"}' """
        "-H 'Content-Type: application/json'"
    ),
)
