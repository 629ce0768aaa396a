"""The demo as a client: what it uploads, how it waits, and how it fails."""

import hashlib
from pathlib import Path

import pytest
from rich.console import Console

from demo.board import Board
from demo.knowledge import NotReadyError, upload
from demo.knowledge_client import Document
from tests.demo.steps import result

STAGES = ["received", "converting", "embedding", "indexing", "ready"]


class Api:
    """Answers as the API does: every look at a document finds it one stage further."""

    def __init__(self, *, fails: str | None = None) -> None:
        self.uploads: list[str] = []
        self._fails = fails
        self._stored: dict[str, Document] = {}
        self._looks: dict[str, int] = {}

    def documents(self) -> list[Document]:
        return list(self._stored.values())

    def upload(self, file: Path) -> str:
        self.uploads.append(file.name)
        before = self._stored.get(file.name)
        self._looks[file.name] = 0
        self._stored[file.name] = Document(
            document_id=file.name,
            filename=file.name,
            status="awaiting_upload",
            version=hashlib.sha256(file.read_bytes()).hexdigest(),
            live_version=before and before.live_version,
        )
        return file.name

    def document(self, document_id: str) -> Document:
        stage = STAGES[min(self._looks[document_id], len(STAGES) - 1)]
        self._looks[document_id] += 1
        now: dict[str, str | None] = {"status": stage}
        if stage == "ready":
            now["live_version"] = self._stored[document_id].version
        if document_id == self._fails and stage == "converting":
            now = {"status": "failed", "reason": "The file is damaged."}
        self._stored[document_id] = self._stored[document_id].model_copy(update=now)
        return self._stored[document_id]


@pytest.fixture
def console() -> Console:
    return Console(width=120, record=True, force_terminal=False)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name in ("guide.md", "policy.docx"):
        (tmp_path / name).write_text(f"the {name}")
    return sorted(tmp_path.iterdir())


def _uploaded(api: Api, files: list[Path], console: Console) -> list[Path]:
    with Board(console) as board:
        return result(upload(api, files, board.add("documents", ("pages", "chunks"))))


def test_it_waits_until_everything_is_ready(files: list[Path], console: Console) -> None:
    # given
    api = Api()

    # when
    uploaded = _uploaded(api, files, console)

    # then
    assert uploaded == files
    assert {document.status for document in api.documents()} == {"ready"}
    assert "guide.md: converting" in console.export_text()


def test_a_second_run_uploads_nothing(files: list[Path], console: Console) -> None:
    # given
    api = Api()
    _uploaded(api, files, console)

    # when
    again = _uploaded(api, files, console)

    # then
    assert again == []
    assert api.uploads == ["guide.md", "policy.docx"]
    assert "unchanged, not uploaded again" in console.export_text()


def test_only_an_edited_file_is_uploaded_again(files: list[Path], console: Console) -> None:
    # given
    api = Api()
    _uploaded(api, files, console)

    # when
    files[0].write_text("a new edition")
    again = _uploaded(api, files, console)

    # then
    assert again == [files[0]]
    assert all(one.holds(file) for one, file in zip(api.documents(), files, strict=True))


def test_a_failed_document_ends_the_demo_with_its_reason(
    files: list[Path], console: Console
) -> None:
    # given
    api = Api(fails="guide.md")

    # then
    with pytest.raises(NotReadyError, match=r"guide\.md failed: The file is damaged\."):
        _uploaded(api, files, console)


def test_waiting_ends(files: list[Path], console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    monkeypatch.setattr("demo.knowledge._READY_WITHIN_SECONDS", -1)

    # then
    with pytest.raises(NotReadyError, match=r"not ready after .*: guide\.md, policy\.docx"):
        _uploaded(Api(), files, console)
