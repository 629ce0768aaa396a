"""An original as the analysis needs it: upright, in RGB, no larger than a vision model looks at."""

import warnings
from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import ExifTags, Image, ImageOps

from runtime.shared.errors import RejectedError

# Anthropic scales larger images down before it looks
# (https://platform.claude.com/docs/en/build-with-claude/vision#evaluate-image-size).
LONGEST_SIDE = 1568
# The image processor refuses more; this holds for events from anywhere.
MOST_PIXELS = 50_000_000
TURNED_ORIENTATIONS = (5, 6, 7, 8)


@dataclass(frozen=True)
class Picture:
    """An image and what its file says about it."""

    image: Image.Image
    """RGB on white, upright, at most 1568 pixels a side."""
    width: int
    """Of the original as seen; pixels."""
    height: int
    camera: str | None
    taken_at: str | None
    """As the camera wrote it: `2026:05:01 10:20:30`, without a zone."""

    def jpeg_base64(self) -> str:
        """Return the image as vision models take it."""
        content = BytesIO()
        self.image.save(content, "JPEG", quality=90)
        return b64encode(content.getvalue()).decode()


def read_picture(file: IO[bytes]) -> Picture:
    """Return the picture in a file that made a thumbnail before.

    Raises RejectedError: corrupt, too_many_pixels. Where it was taken is left out on purpose: a
    search index is no place for people's whereabouts.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the limit below is ours
        try:
            with Image.open(file, formats=("JPEG", "PNG")) as image:
                return _picture(image)
        # Pillow reports broken files by whatever its decoders stumble over.
        except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
            raise RejectedError("corrupt", "The image is damaged or incomplete.") from error


def _picture(image: Image.Image) -> Picture:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise RejectedError("too_many_pixels", "The image has too many megapixels.")
    exif = image.getexif()
    if exif.get(ExifTags.Base.Orientation) in TURNED_ORIENTATIONS:
        width, height = height, width
    taken_at = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    maker = " ".join(_text(exif.get(tag)) for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
    return Picture(_seen(image), width, height, maker.strip() or None, _text(taken_at) or None)


def _seen(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        # Pillow's own conversion clips 16 bits to 255 instead of scaling them.
        image = image.convert("F").point(lambda value: value / 257).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return ImageOps.exif_transpose(image).convert("RGB")


def _text(value: object) -> str:
    """Return a tag's text, which cameras pad with zeros and spaces."""
    return str(value).replace("\0", "").strip() if value is not None else ""
