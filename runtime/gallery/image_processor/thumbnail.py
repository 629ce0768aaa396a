"""An image file becomes a thumbnail: upright, in 8 bits, at most 800x800, without metadata."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from runtime.shared.errors import RejectedError

SIDE_PIXELS = 800
# A few kilobytes of PNG can unfold to gigabytes. 50 megapixels are more than phones take by
# default, and unfold to 200 MB at most, a fifth of the function's memory.
MOST_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG")
# MPO is what Pillow calls a JPEG with further pictures behind the first, as many cameras write it.
JPEG_FORMATS = ("JPEG", "MPO")
SIXTEEN_BIT_MODES = ("I;16", "I;16L", "I;16B", "I")
EIGHT_BITS_OF_SIXTEEN = 1 / 257
TURNED_ORIENTATIONS = (5, 6, 7, 8)


@dataclass(frozen=True)
class Thumbnail:
    """The thumbnail's file, and what was learnt about the original."""

    content: bytes
    mime_type: str
    """Of the thumbnail and of the original's content, whatever the original's name says."""
    width: int
    """Of the original as seen, after its orientation was applied; pixels."""
    height: int


def make_thumbnail(file: IO[bytes]) -> Thumbnail:
    """Return the thumbnail of a JPEG or PNG; of an animation, that of its first frame.

    Raises RejectedError: not_an_image, too_many_pixels, corrupt.
    """
    with warnings.catch_warnings():
        # Pillow warns of a bomb, or of odd metadata, and reads on; the limit below is ours.
        warnings.simplefilter("ignore")
        try:
            with Image.open(file, formats=FORMATS) as image:
                return _thumbnail(image)
        except UnidentifiedImageError as error:
            raise RejectedError("not_an_image", "The file is neither JPEG nor PNG.") from error
        except Image.DecompressionBombError as error:
            raise _too_many_pixels() from error
        # Pillow reports broken files by whatever its decoders stumble over.
        except (OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
            raise RejectedError("corrupt", "The image is damaged or incomplete.") from error


def _thumbnail(image: Image.Image) -> Thumbnail:
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels()
    jpeg = image.format in JPEG_FORMATS
    mode, size = image.mode, image.size
    if image.getexif().get(ExifTags.Base.Orientation) in TURNED_ORIENTATIONS:
        size = size[1], size[0]
    # JPEG decoders shrink while they read, which saves most of the memory, so that comes first;
    # the other formats may have modes that cannot be resized well, so these are converted first.
    small = image if jpeg else _eight_bits(image, alpha=True)
    small.thumbnail((SIDE_PIXELS, SIDE_PIXELS), Image.Resampling.LANCZOS)
    small = _eight_bits(small, alpha=False) if jpeg else small
    ImageOps.exif_transpose(small, in_place=True)
    profile = image.info.get("icc_profile") if small.mode == mode else None
    # Pillow writes what it read here, a JPEG's comment for one, unless it is told otherwise.
    small.info.clear()
    content = BytesIO()
    if jpeg:
        small.save(content, "JPEG", quality=85, optimize=True, exif=b"", icc_profile=profile)
    else:
        small.save(content, "PNG", optimize=True, exif=b"", icc_profile=profile)
    return Thumbnail(content.getvalue(), "image/jpeg" if jpeg else "image/png", *size)


def _eight_bits(image: Image.Image, *, alpha: bool) -> Image.Image:
    """Return the image as grey, RGB or RGBA with 8 bits a channel."""
    if image.mode in SIXTEEN_BIT_MODES:
        # Pillow's own conversion clips 16 bits to 255 instead of scaling them.
        return image.convert("F").point(lambda value: value * EIGHT_BITS_OF_SIXTEEN).convert("L")
    if alpha and image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"L", "RGB"} else image.convert("RGB")


def _too_many_pixels() -> RejectedError:
    megapixels = MOST_PIXELS // 1_000_000
    return RejectedError("too_many_pixels", f"The image has more than {megapixels} megapixels.")
