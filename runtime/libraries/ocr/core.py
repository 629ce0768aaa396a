"""An image becomes the lines of text in it."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from runtime.libraries.ocr.engine import LONGEST_SIDE, MODEL, Engine
from runtime.shared.contracts.ocr import ReadTextAnswer, ReadTextRequest, TextLine
from runtime.shared.errors import RejectedError
from runtime.shared.signed_urls import Transfer

# Held beside the pixels, in a function of 2,048 MiB.
MOST_BYTES = 50 * 1024 * 1024

# A decompressed pixel takes up to 4 bytes: 200 MB, a tenth of the function's memory.
MOST_PIXELS = 50_000_000

# The engine enlarges an image until its shorter side has 736 pixels, so that 600 x 1 would take
# gigabytes. Beside white, it is never more than the page of a book: 736 x 2,944.
MOST_TIMES_LONGER = 4


def read_text(request: ReadTextRequest, urls: Transfer, engine: Engine) -> ReadTextAnswer:
    """Return the text of an image.

    Raises RejectedError: not_an_image, corrupt, too_large, too_many_pixels; of the URL, what
    `SignedUrls` raises.
    """
    image = _upright(urls.read(request.source_url, MOST_BYTES))
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
        for line in engine.read(_beside_white(image))
    ]
    return ReadTextAnswer(model=MODEL, lines=lines)


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


def _beside_white(image: Image.Image) -> Image.Image:
    """Return a strip with white at its right or below, so that places in it stay what they are."""
    least = -(-max(image.size) // MOST_TIMES_LONGER)
    if min(image.size) >= least:
        return image
    page = Image.new("RGB", (max(image.width, least), max(image.height, least)), "white")
    page.paste(image, (0, 0))
    return page
