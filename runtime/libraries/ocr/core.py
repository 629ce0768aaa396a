"""An image in S3 becomes the lines of text in it."""

import warnings
from io import BytesIO
from typing import Protocol

from PIL import Image, ImageOps, UnidentifiedImageError
from pydantic import BaseModel, ConfigDict, TypeAdapter

from runtime.libraries.ocr.engine import LONGEST_SIDE, MODEL, Engine
from runtime.shared.errors import RejectedError

# A decompressed pixel takes up to 4 bytes: 200 MB, a tenth of the function's memory.
MOST_PIXELS = 50_000_000


class Source(BaseModel):
    """An object in S3."""

    model_config = ConfigDict(extra="forbid")

    bucket: str
    key: str
    version_id: str | None = None


class Request(BaseModel):
    """What to read."""

    model_config = ConfigDict(extra="forbid")

    source: Source


class TextLine(BaseModel):
    """One line of text, from top to bottom."""

    text: str
    confidence: float
    """0 to 1."""
    box: tuple[float, float, float, float]
    """Left, top, right, bottom as shares of the upright image's width and height."""


class Response(BaseModel):
    """What was read; no lines is an answer too."""

    model: str
    lines: list[TextLine]


class Store(Protocol):
    """Where images are."""

    def read(self, bucket: str, key: str, version_id: str | None = None) -> bytes:
        """Return the object's content."""
        ...


REQUEST = TypeAdapter(Request)


def read_text(request: Request, store: Store, engine: Engine) -> Response:
    """Return the text of an image.

    Raises RejectedError: not_an_image, corrupt, too_many_pixels.
    """
    source = request.source
    image = _upright(store.read(source.bucket, source.key, source.version_id))
    lines = [
        TextLine(
            text=line.text,
            confidence=line.confidence,
            box=(
                round(line.box[0] / image.width, 4),
                round(line.box[1] / image.height, 4),
                round(line.box[2] / image.width, 4),
                round(line.box[3] / image.height, 4),
            ),
        )
        for line in engine.read(image)
    ]
    return Response(model=MODEL, lines=lines)


def _upright(content: bytes) -> Image.Image:
    """Return the image as a person sees it, in RGB on white, no larger than the engine needs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the limit below is ours
        try:
            with Image.open(BytesIO(content)) as image:
                if image.width * image.height > MOST_PIXELS:
                    message = f"The image has more than {MOST_PIXELS // 1_000_000} megapixels."
                    raise RejectedError("too_many_pixels", message)
                rgba = ImageOps.exif_transpose(image).convert("RGBA")
        except UnidentifiedImageError as error:
            raise RejectedError("not_an_image", "The file is no image.") from error
        # Pillow reports broken files by whatever its decoders stumble over.
        except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
            raise RejectedError("corrupt", "The image is damaged or incomplete.") from error
    rgba.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Text on a transparent ground is meant to be seen on paper.
    white = Image.new("RGBA", rgba.size, "white")
    return Image.alpha_composite(white, rgba).convert("RGB")
