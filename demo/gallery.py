"""Gallery: upload the images, wait until they are analyzed, search, and check what comes first."""

import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Literal, Protocol

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter
from rich.console import Console

from demo.board import Rows
from demo.gallery_client import CONTENT_TYPES, GalleryClient, Item, Results
from demo.panels import found
from demo.story import Place, Steps, Story, StoryError

SAMPLES = Path(__file__).parents[1] / "samples" / "gallery"

BROKEN = {"broken-photo.jpg": "The image is damaged or incomplete."}
"""Samples that must fail, and the reason that their user must be told."""

# The first image loads the text recognition's model; on two busy cores that takes its time.
_FINISHED_WITHIN_SECONDS = 300


class Question(BaseModel):
    """A question, and the image that must come first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    image: str
    ask: Literal["demo"] | None = None

    def faults(self, results: Results) -> list[str]:
        """Say what is wrong with the results; nothing, when they are right."""
        first = results.results[0].filename if results.results else "nothing"
        return [] if first == self.image else [f"{self.image} should come first, not {first}"]


class Images(Protocol):
    """The part of the Gallery API that uploads; `gallery_client.GalleryClient` has it."""

    def items(self) -> list[Item]:
        """List all images of the tenant."""
        ...

    def holds(self, item: Item, file: Path) -> bool:
        """Whether these very bytes were processed."""
        ...

    def upload(self, file: Path) -> str:
        """Upload an image and return its item id."""
        ...


class NotAnalyzedError(StoryError):
    """An image did not end as it should, or not in time."""


def upload_samples(place: Place, rows: Rows) -> Steps:
    """Bring the samples there, unless they are.

    Raises:
        ApiError, NotAnalyzedError: the API refused, or an image did not end as it should.
    """
    with GalleryClient(place.api_url, place.token) as api:
        yield from upload(api, sample_images(), rows)


def search_all(place: Place, console: Console) -> bool:
    """Ask the demo's questions; tells whether the right image came first each time.

    Raises:
        ApiError: the API refused.
    """
    asked = [one for one in read_questions(SAMPLES / "questions.yaml") if one.ask == "demo"]
    with GalleryClient(place.api_url, place.token) as api:
        right = [_search(api, question, console) for question in asked]
    console.print(f"{sum(right)} of {len(right)} searches find the right image first.")
    return all(right)


def sample_images() -> list[Path]:
    """List the images of samples/gallery/, the broken one among them."""
    return sorted(file for file in SAMPLES.iterdir() if file.suffix in CONTENT_TYPES)


def read_questions(file: Path) -> list[Question]:
    """Read a list of questions from YAML."""
    return TypeAdapter(list[Question]).validate_python(yaml.safe_load(file.read_text("utf-8")))


def upload(api: Images, files: Sequence[Path], rows: Rows) -> Generator[None, None, list[Path]]:
    """Upload what is not there yet and wait until it ended; returns the files uploaded.

    Raises:
        NotAnalyzedError: an image did not end as it should, or not in time.
    """
    before = api.items()
    known = {item.filename: item for item in before}
    changed: list[Path] = []
    for file in files:
        item = known.get(file.name)
        if item and api.holds(item, file):
            _show(rows, item, "unchanged, not uploaded again")
            _check(item)
        else:
            rows.show(file.name)
            changed.append(file)
    yield from _finished(api, {api.upload(file): file for file in changed}, before, rows)
    return changed


def _finished(api: Images, pending: dict[str, Path], before: list[Item], rows: Rows) -> Steps:
    """Wait for images by id; one that was there before counts once the new content changed it."""
    deadline = time.monotonic() + _FINISHED_WITHIN_SECONDS
    touched = {item.item_id: item.updated_at for item in before}
    while pending:
        for item in api.items():
            if item.item_id in pending and item.updated_at != touched.get(item.item_id):
                _show(rows, item)
                if item.finished:
                    _check(item)
                    del pending[item.item_id]
        if pending and time.monotonic() > deadline:
            late = ", ".join(file.name for file in pending.values())
            raise NotAnalyzedError(f"not analyzed after {_FINISHED_WITHIN_SECONDS} s: {late}")
        yield


def _show(rows: Rows, item: Item, note: str | None = None) -> None:
    meant = "(Broken on purpose.)" if item.filename in BROKEN else None
    told = [each for each in (item.reason, meant, note) if each]
    category = item.analysis.category if item.analysis else None
    rows.show(item.filename, item.status, (category,), " ".join(told))


def _check(item: Item) -> None:
    """Refuse an end that is not the right one: of the broken image, failing is."""
    expected = ("failed", BROKEN[item.filename]) if item.filename in BROKEN else ("ready", None)
    if (item.status, item.reason) != expected:
        raise NotAnalyzedError(
            f"{item.filename} should be {expected[0]}, but is {item.status}: {item.reason}"
        )


def _search(api: GalleryClient, question: Question, console: Console) -> bool:
    """Ask one question and show what it finds; tells whether the right image came first."""
    started = time.monotonic()
    results = api.search(question.question)
    faults = question.faults(results)
    console.print(found(question.question, results, faults, time.monotonic() - started))
    return not faults


GALLERY = Story(
    system="Gallery",
    export="gallery_api_url",
    what="images",
    columns=("kind",),
    upload=upload_samples,
    ask=search_all,
    example="/gallery/search -G --data-urlencode 'q=How much was the train to Hamburg?'",
)
