"""What all requests and answers have in common."""

from pydantic import BaseModel, ConfigDict


class Request(BaseModel):
    """Base of a request: a field that the function does not know is refused, never ignored.

    A validation error does not quote what was sent: it may be a document, or a signed URL.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class Answer(BaseModel):
    """Base of an answer: a caller that was deployed before the function ignores what is new."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)
