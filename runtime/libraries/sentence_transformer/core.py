"""Texts in, normalised vectors out."""

from collections.abc import Sequence
from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from runtime.shared.payload import Destination, ObjectStore, Payload, pack, unpack
from runtime.shared.requests import naming_fields

# At 20 to 60 texts a second, this many end well within the 15 minutes of a function.
MAX_TEXTS = 2048

# A model reads a few hundred tokens; the rest takes time to tokenize and changes nothing.
MAX_CHARACTERS = 20_000


class Request(BaseModel):
    """`texts` carries a list of str; without `output`, the answer is always inline."""

    model_config = ConfigDict(extra="forbid")

    texts: Payload
    output: Destination | None = None


class Response(BaseModel):
    """`vectors` carries a list of lists of float: one vector a text, in the same order."""

    model: str
    dimension: int
    count: int
    vectors: Payload


class Encoder(Protocol):
    """A model; `runtime.libraries.sentence_transformer.model` gives the real one."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector of length 1 for each text."""
        ...


REQUEST = TypeAdapter(Request)
Text = Annotated[str, Field(max_length=MAX_CHARACTERS)]
TEXTS = TypeAdapter(Annotated[list[Text], Field(min_length=1, max_length=MAX_TEXTS)])


def embed(request: Request, encoder: Encoder, store: ObjectStore) -> Response:
    """Encode the texts. Raises InvalidRequestError naming the field."""
    with naming_fields():
        texts = unpack(request.texts, TEXTS, store)
    vectors = encoder.encode(texts)
    return Response(
        model=encoder.name,
        dimension=encoder.dimension,
        count=len(vectors),
        vectors=pack(vectors, "vectors", request.output, store),
    )
