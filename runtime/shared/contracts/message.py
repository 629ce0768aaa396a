"""What all requests and answers have in common."""

from pydantic import ConfigDict

from runtime.shared.shape import Shape


class Request(Shape):
    """Base of a request: a field that the function does not know is refused, never ignored.

    A validation error does not quote what was sent: it may be a document, or a signed URL.
    """

    model_config = ConfigDict(extra="forbid")


class Answer(Shape):
    """Base of an answer: a caller that was deployed before the function ignores what is new."""

    model_config = ConfigDict(extra="ignore")
