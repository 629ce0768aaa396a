from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.knowledge.s3_unified_handler.filenames import checked_filename
from runtime.shared.documents import DocumentRecord, Status, named, shown_status, uploaded
from runtime.shared.errors import InvalidRequestError

NOW = 1_790_000_000.0
LIVE = "a" * 64


def record(
    status: Status, *, abandoned_after: int | None = None, live: bool = False
) -> DocumentRecord:
    return DocumentRecord(
        document_id="0b8c3d52-6a0e-5d0c-9d1c-5b0a0f7f2a11",
        status=status,
        abandoned_after=abandoned_after,
        live_version=LIVE if live else None,
        created_at="2026-01-01",
        updated_at="2026-01-01",
    )


@given(st.text(max_size=260))
def test_a_name_that_is_accepted_leads_to_a_key_that_leads_back(name: str) -> None:
    # given
    try:
        filename = checked_filename(name)
    except ValueError:
        return
    # when
    document = named("acme", filename)
    # then
    assert uploaded(document.upload_key(filename)) == document
    assert len(document.upload_key(filename).encode()) < 1024


@given(st.text(max_size=100))
def test_a_checked_name_never_leaves_its_folder_and_is_stable(name: str) -> None:
    try:
        filename = checked_filename(name)
    except ValueError:
        return
    assert not {"/", "\\", "\n", "\r", "\0"} & set(filename)
    assert filename not in {".", ".."}
    assert checked_filename(filename) == filename


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "..",
        ". .",
        "a/b.pdf",
        "..\\b.pdf",
        "a\0.pdf",
        "a\u202efdp.exe",
        " a.pdf",
        "\ud800.md",
    ],
)
def test_names_that_could_deceive_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="must"):
        checked_filename(name)


def test_a_name_is_the_same_document_in_every_spelling_of_unicode() -> None:
    composed, decomposed = normalize("NFC", "Zoë.md"), normalize("NFD", "Zoë.md")
    assert named("acme", composed) == named("acme", decomposed)
    assert named("acme", composed) != named("globex", composed)


@pytest.mark.parametrize(
    "key",
    [
        "uploads/acme/manual.md",
        "uploads/Acme/0b8c3d52-6a0e-5d0c-9d1c-5b0a0f7f2a11/manual.md",
        "uploads/acme/0b8c3d52-6a0e-5d0c-9d1c-5b0a0f7f2a11/a/b.md",
        "work/acme/0b8c3d52-6a0e-5d0c-9d1c-5b0a0f7f2a11/manual.md",
        "uploads/acme/0b8c3d52-6a0e-5d0c-9d1c-5b0a0f7f2a11/",
    ],
)
def test_other_keys_are_no_documents(key: str) -> None:
    with pytest.raises(InvalidRequestError):
        uploaded(key)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (record("converting"), "converting"),
        (record("converting", abandoned_after=int(NOW) + 5), "converting"),
        (record("converting", abandoned_after=int(NOW) - 5), "failed"),
        (record("ready", abandoned_after=int(NOW) - 5), "ready"),
        (record("awaiting_upload", abandoned_after=int(NOW) - 5), "awaiting_upload"),
        (record("awaiting_upload", abandoned_after=int(NOW) + 5, live=True), "awaiting_upload"),
        (record("awaiting_upload", abandoned_after=int(NOW) - 5, live=True), "ready"),
    ],
)
def test_what_cannot_happen_any_more_is_not_waited_for(
    stored: DocumentRecord, shown: Status
) -> None:
    status, reason = shown_status(stored, NOW)
    assert status == shown
    assert (reason is not None) == (shown == "failed")
