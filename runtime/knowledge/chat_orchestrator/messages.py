"""What requests and answers of the chat look like."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter

from runtime.shared.once import PARAMETER
from runtime.shared.shape import QUIET, Shape

# Lower case only: no session's partition is one of the interaction log's or of cited turns.
SessionId = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,64}$")]


SESSION_ID = TypeAdapter(SessionId, config=QUIET)


class ChatRequest(Shape):
    """Body of POST /chat."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"x-parameters": [PARAMETER]})

    question: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)
    ]
    session_id: SessionId | None = None
    """Continues this conversation of the same user; a new name begins one."""
    top_k: Annotated[int, Field(ge=1, le=20)] = 5
    """How many of the most similar passages the answer may use."""


class Source(Shape):
    """A passage the answer was made from."""

    document_id: str
    filename: str
    page: int | None
    headings: list[str]
    text: str = ""
    """The passage, with what stands before and after it in its section."""
    score: float | None
    """Cosine similarity to the question; None for a passage the graph related to it."""
    strength: float | None = None
    """What sources are ordered by, about 0 to 1.4; None for one that only the graph found."""
    found_by: list[str] = Field(default_factory=list[str])
    """`meaning`, `words`, `graph`: the searches that found it."""
    relation: str
    """`similar`, or how the graph relates it."""


class Citation(Shape):
    """A quotation that occurs in a passage of a live document."""

    document_id: str
    filename: str
    page: int | None
    headings: list[str]
    quote: str
    score: float | None


class ChatAnswer(Shape):
    """Answer of POST /chat."""

    answer: str
    citations: list[Citation]
    sources: list[Source]
    evidence: Literal["none", "weak", "strong"] = "strong"
    """Whether the documents answer the question: no, perhaps, yes."""
    session_id: str
    message_id: str
    provider: str
    model: str
    degraded: bool
    """Whether a part of the system was missing; the reason says which."""
    degraded_reason: str | None
    correlation_id: str


class Message(Shape):
    """One turn of a conversation."""

    message_id: str
    role: Literal["user", "assistant"]
    content: str
    created_at: str
    citations: list[Citation] = Field(default_factory=list[Citation])
    degraded: bool = False


class Transcript(Shape):
    """Answer of GET /chat/{session_id}: the latest messages, oldest first."""

    session_id: str
    messages: list[Message]
