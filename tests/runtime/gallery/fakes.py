"""Hand-written stand-ins for what is not PostgreSQL."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import IO

from PIL import Image

from runtime.gallery.image_processor.core import ObjectCreated
from runtime.gallery.image_processor.thumbnail import Thumbnail
from runtime.gallery.shared.embedding import Embedded
from runtime.gallery.shared.events import AnalysisComplete, ImageProcessed
from runtime.gallery.shared.keys import ItemKey
from runtime.gallery.shared.originals import Original
from runtime.shared.errors import UnavailableError

BUCKET = "gallery"
CAT = ItemKey("acme", "ann", "cat.png")


def picture(colour: str = "red", size: tuple[int, int] = (40, 30), kind: str = "PNG") -> bytes:
    content = BytesIO()
    Image.new("RGB", size, colour).save(content, kind)
    return content.getvalue()


@dataclass
class FakeBucket:
    """Objects by key, as the image processor and the analyzer see them."""

    objects: dict[str, bytes] = field(default_factory=dict[str, bytes])
    opened: list[IO[bytes]] = field(default_factory=list[IO[bytes]])

    def put(self, key: ItemKey, content: bytes, sequencer: str) -> ObjectCreated:
        self.objects[key.original] = content
        return created(key.original, content, sequencer)

    def open(self, bucket: str, key: str, etag: str) -> IO[bytes] | None:
        assert bucket == BUCKET
        content = self.objects.get(key)
        if content is None or etag_of(content) != etag:
            return None
        self.opened.append(BytesIO(content))
        return self.opened[-1]

    def original(self, bucket: str, key: str, etag: str) -> Original | None:
        file = self.open(bucket, key, etag)
        return Original(file, "v1") if file else None

    def write_thumbnail(self, bucket: str, key: str, thumbnail: Thumbnail) -> None:
        assert bucket == BUCKET
        self.objects[key] = thumbnail.content

    def remove(self, bucket: str, key: str) -> None:
        assert bucket == BUCKET
        self.objects.pop(key, None)


def created(key: str, content: bytes, sequencer: str) -> ObjectCreated:
    thing = {"key": key, "size": len(content), "etag": etag_of(content), "sequencer": sequencer}
    return ObjectCreated.model_validate({"bucket": {"name": BUCKET}, "object": thing})


def etag_of(content: bytes) -> str:
    return f"{hash(content):x}"


@dataclass
class FakeBus:
    """Keeps what was published; refuses while `down`."""

    events: list[ImageProcessed | AnalysisComplete] = field(
        default_factory=list["ImageProcessed | AnalysisComplete"]
    )
    down: bool = False

    def publish(self, event: ImageProcessed | AnalysisComplete) -> None:
        if self.down:
            raise UnavailableError("the event bus refused")
        self.events.append(event)

    def processed(self) -> list[ImageProcessed]:
        return [event for event in self.events if isinstance(event, ImageProcessed)]

    def analyzed(self) -> list[AnalysisComplete]:
        return [event for event in self.events if isinstance(event, AnalysisComplete)]


@dataclass
class FakeEmbedder:
    """Gives known texts their vectors, every other one the same."""

    vectors: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    down: bool = False

    def embed(self, text: str, role: str) -> Embedded:
        assert role in {"document", "query"}
        if self.down:
            raise UnavailableError("no embedding today")
        known = [vector for word, vector in self.vectors.items() if word in text]
        return Embedded(known[0] if known else [0.1, 0.1, 0.1], "fake")
