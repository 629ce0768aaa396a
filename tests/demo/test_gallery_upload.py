"""The gallery's demo as a client: what it uploads, what it waits for, and how it fails."""

import datetime as dt
from pathlib import Path

import pytest
from rich.console import Console

from demo.board import Board
from demo.gallery import BROKEN, NotAnalyzedError, upload
from demo.gallery_client import Item
from tests.demo.steps import result

STAGES = ["received", "analyzing", "embedding", "ready"]
[BROKEN_NAME] = BROKEN


class Api:
    """Answers as the API does: an upload is noticed later, and every look finds it further on."""

    def __init__(self, *, fails: dict[str, str]) -> None:
        self.uploads: list[str] = []
        self._fails = fails
        self._stored: dict[str, tuple[Item, bytes]] = {}
        self._arriving: dict[str, bytes] = {}
        self._clock = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)

    def items(self) -> list[Item]:
        seen = [item for item, _ in self._stored.values()]
        for name, (item, content) in self._stored.items():
            self._stored[name] = (self._further(item), content)
        for name, content in self._arriving.items():
            self._stored[name] = (self._item(name, content), content)
        self._arriving.clear()
        return seen

    def holds(self, item: Item, file: Path) -> bool:
        return item.finished and self._stored[item.filename][1] == file.read_bytes()

    def upload(self, file: Path) -> str:
        self.uploads.append(file.name)
        self._arriving[file.name] = file.read_bytes()
        return f"id of {file.name}"

    def _item(self, name: str, content: bytes) -> Item:
        return Item(
            item_id=f"id of {name}",
            filename=name,
            size_bytes=len(content),
            status="received",
            updated_at=self._now(),
        )

    def _further(self, item: Item) -> Item:
        if item.finished:
            return item
        status, reason = STAGES[STAGES.index(item.status) + 1], self._fails.get(item.filename)
        if reason:
            status = "failed"
        now = {"status": status, "reason": reason, "updated_at": self._now()}
        return item.model_copy(update=now)

    def _now(self) -> dt.datetime:
        self._clock += dt.timedelta(seconds=1)
        return self._clock


@pytest.fixture
def console() -> Console:
    return Console(width=150, record=True, force_terminal=False)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name in (BROKEN_NAME, "menu.jpg"):
        (tmp_path / name).write_text(f"the {name}")
    return sorted(tmp_path.iterdir())


def _uploaded(api: Api, files: list[Path], console: Console) -> list[Path]:
    with Board(console) as board:
        return result(upload(api, files, board.add("images", ("kind",))))


def test_it_waits_until_all_are_ready_and_the_broken_one_has_failed(
    files: list[Path], console: Console
) -> None:
    # given
    api = Api(fails=BROKEN)

    # when
    uploaded = _uploaded(api, files, console)

    # then
    told = console.export_text()
    assert uploaded == files
    assert "menu.jpg: ready" in told
    assert f"{BROKEN[BROKEN_NAME]} (Broken on purpose.)" in told


def test_a_second_run_uploads_nothing(files: list[Path], console: Console) -> None:
    # given
    api = Api(fails=BROKEN)
    _uploaded(api, files, console)

    # when
    again = _uploaded(api, files, console)

    # then
    assert again == []
    assert api.uploads == [BROKEN_NAME, "menu.jpg"]
    assert console.export_text().count("unchanged, not uploaded again") == 2


def test_an_edited_image_is_ready_once_the_new_content_is(
    files: list[Path], console: Console
) -> None:
    # given
    api = Api(fails=BROKEN)
    _uploaded(api, files, console)
    console.export_text(clear=True)

    # when
    files[1].write_text("the new menu")
    again = _uploaded(api, files, console)

    # then
    assert again == [files[1]]
    assert console.export_text().index("menu.jpg: analyzing") > 0


@pytest.mark.parametrize(
    "fails", [{"menu.jpg": "Too large."}, {}, {BROKEN_NAME: "Something else."}], ids=str
)
def test_an_end_that_is_not_the_right_one_ends_the_demo(
    fails: dict[str, str], files: list[Path], console: Console
) -> None:
    with pytest.raises(NotAnalyzedError, match=r"should be (ready|failed), but is"):
        _uploaded(Api(fails=fails), files, console)


def test_waiting_ends(files: list[Path], console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    monkeypatch.setattr("demo.gallery._FINISHED_WITHIN_SECONDS", -1)

    # then
    with pytest.raises(NotAnalyzedError, match=r"not analyzed after .*: broken-photo\.jpg, menu"):
        _uploaded(Api(fails=BROKEN), files, console)
