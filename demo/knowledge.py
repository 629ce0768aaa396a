"""Knowledge: upload the samples, wait until they are ready, ask, and check what is answered."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from rich.console import Console

from demo.client import CONTENT_TYPES, Document, KnowledgeClient
from demo.questions import Question, read_questions
from demo.screen import Progress, answered
from demo.story import Story, StoryError

SAMPLES = Path(__file__).parents[1] / "samples"

# The first PDF loads the conversion's models; on two busy cores that takes its time.
_READY_WITHIN_SECONDS = 300
_POLL_SECONDS = 0.5


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


def show(api_url: str, token: str, console: Console) -> bool:
    """Run the whole story; tells whether every answer was right and cited its document.

    Raises:
        ApiError, NotReadyError: the API refused, or a document did not become ready.
    """
    with KnowledgeClient(api_url, token) as api:
        console.rule("[bold]Knowledge[/]: documents", align="left")
        upload(api, sample_documents(), console)

        console.rule("[bold]Knowledge[/]: questions", align="left")
        asked = [one for one in read_questions(SAMPLES / "questions.yaml") if one.ask == "demo"]
        right = [ask(api, question, console) for question in asked]
    console.print(f"{sum(right)} of {len(right)} answers are right and cite their document.")
    return all(right)


def sample_documents() -> list[Path]:
    """List the files of samples/ that Knowledge can read."""
    return sorted(file for file in SAMPLES.iterdir() if file.suffix in CONTENT_TYPES)


def upload(api: Documents, files: Sequence[Path], console: Console) -> list[Path]:
    """Upload what is not there yet and wait until it is ready; returns the files uploaded.

    Raises:
        NotReadyError: a document failed, or was not ready in time.
    """
    known = {document.filename: document for document in api.documents()}
    with Progress(console) as progress:
        changed: list[Path] = []
        for file in files:
            document = known.get(file.name)
            if document and document.holds(file):
                progress.show(file.name, document, "unchanged, not uploaded again")
            else:
                progress.show(file.name, None)
                changed.append(file)
        uploaded = {file: api.upload(file) for file in changed}
        _wait(api, uploaded, progress)
    return changed


def _wait(api: Documents, uploaded: dict[Path, str], progress: Progress) -> None:
    deadline = time.monotonic() + _READY_WITHIN_SECONDS
    pending = dict(uploaded)
    while pending:
        for file, document_id in list(pending.items()):
            document = api.document(document_id)
            progress.show(file.name, document)
            _refuse_failed(document, file)
            if document.holds(file):
                del pending[file]
        if pending and time.monotonic() > deadline:
            late = ", ".join(file.name for file in pending)
            raise NotReadyError(f"not ready after {_READY_WITHIN_SECONDS} s: {late}")
        time.sleep(_POLL_SECONDS if pending else 0)


def _refuse_failed(document: Document, file: Path) -> None:
    if document.status == "failed":
        raise NotReadyError(f"{file.name} failed: {document.reason}")


def ask(api: KnowledgeClient, question: Question, console: Console) -> bool:
    """Ask one question and show its answer; tells whether it was right."""
    started = time.monotonic()
    answer = api.ask(question.question)
    faults = question.faults(answer)
    console.print(answered(question.question, answer, faults, time.monotonic() - started))
    return not faults


KNOWLEDGE = Story(
    system="Knowledge",
    export="knowledge_api_url",
    tell=show,
    path="/chat",
    body='{"question": "What does error code E27 mean?"}',
)
