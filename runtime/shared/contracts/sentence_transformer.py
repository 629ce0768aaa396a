"""sentence-transformer: texts -> one normalised vector each."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from runtime.shared.contracts.content import Content, Result, SignedUrl
from runtime.shared.contracts.message import Answer, Request
from runtime.shared.shape import QUIET

# At 20 to 60 texts a second, this many end well within the 15 minutes of a function.
MAX_TEXTS = 2048

# A model reads a few hundred tokens; the rest takes time to tokenize and changes nothing.
MAX_CHARACTERS = 20_000


class EmbedRequest(Request):
    """What to embed, and where to leave many vectors."""

    texts: Content
    """A list of str; decode with `TEXTS`."""
    vectors_url: SignedUrl | None = None
    """Signed for PUT. Without it the answer is always inline: some hundred texts at most."""


class EmbedAnswer(Answer):
    """Vectors and the model they come from."""

    model: str
    dimension: int
    count: int = Field(ge=0)
    vectors: Result
    """One vector of length 1 for each text, in their order; decode with `VECTORS`."""


Text = Annotated[str, Field(max_length=MAX_CHARACTERS)]
REQUEST = TypeAdapter(EmbedRequest)
TEXTS = TypeAdapter(Annotated[list[Text], Field(min_length=1, max_length=MAX_TEXTS)], config=QUIET)
VECTORS = TypeAdapter(list[list[float]], config=QUIET)
