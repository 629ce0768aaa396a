"""ocr: an image -> the lines of text in it."""

from pydantic import TypeAdapter

from runtime.shared.contracts.content import SignedUrl
from runtime.shared.contracts.message import Answer, Request
from runtime.shared.shape import Shape


class ReadTextRequest(Request):
    """What to read."""

    source_url: SignedUrl
    """Signed for GET of the image."""


class TextLine(Shape):
    """One line of text."""

    text: str
    confidence: float
    """0 to 1."""
    box: tuple[float, float, float, float]
    """Left, top, right, bottom as shares of the upright image's width and height."""


class ReadTextAnswer(Answer):
    """What was read; no lines is an answer too."""

    model: str
    lines: list[TextLine]
    """From top to bottom."""


REQUEST = TypeAdapter(ReadTextRequest)
