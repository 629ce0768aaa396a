"""Documents as the product converts them, kept by the content of document and converter."""

import hashlib
import json
import time
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr, TypeAdapter

from bench.quality.documents import CACHE, SourceDocument
from runtime.libraries.docling.core import convert_document
from runtime.shared.contracts import docling
from runtime.shared.contracts.content import Inline
from runtime.shared.errors import RejectedError

CONVERTER = Path(__file__).parents[2] / "runtime" / "libraries" / "docling"


@dataclass(frozen=True)
class Converted:
    """What became of a document."""

    name: str
    title: str | None
    pages: int | None
    chunks: list[docling.Chunk]
    seconds: float


@dataclass
class Files:
    """Implements `signed_urls.Transfer` over a dictionary."""

    contents: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def read(self, url: SecretStr, most_bytes: int) -> bytes:  # noqa: ARG002 - these are small
        """Return what is there."""
        return self.contents[url.get_secret_value()]

    def write(self, url: SecretStr, content: bytes) -> None:
        """Leave the content there."""
        self.contents[url.get_secret_value()] = content


def converted(document: SourceDocument) -> Converted:
    """Convert a document, or return what an equal converter made of it earlier."""
    file = CACHE / "conversions" / f"{document.digest[:16]}-{_converter()}.json"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        began = time.perf_counter()
        made = _converted(document)
        seconds = round(time.perf_counter() - began, 2)
        new = file.with_suffix(".new")
        new.write_text(json.dumps({**made, "seconds": seconds}))
        new.replace(file)
    return TypeAdapter(Converted).validate_python(
        {**json.loads(file.read_text()), "name": document.name}
    )


def _converted(document: SourceDocument) -> dict[str, object]:
    files = Files({"source": document.content})
    request = docling.ConvertRequest(
        source_url=SecretStr("source"),
        filename=document.name,
        markdown_url=SecretStr("markdown"),
        chunks_url=SecretStr("chunks"),
    )
    try:
        answer = convert_document(request, files)
    except RejectedError as error:
        return {"title": f"refused: {error.explanation}", "pages": None, "chunks": []}
    chunks = (
        answer.chunks.value
        if isinstance(answer.chunks, Inline)
        else json.loads(files.contents["chunks"])
    )
    return {"title": answer.title, "pages": answer.pages, "chunks": chunks}


def _converter() -> str:
    """Return a digest of the converter's source."""
    source = b"".join(file.read_bytes() for file in sorted(CONVERTER.glob("*.py")))
    return hashlib.sha256(source).hexdigest()[:12]
