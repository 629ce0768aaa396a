"""Texts in, normalised vectors out."""

from collections.abc import Sequence
from typing import Protocol

from runtime.shared.contracts.sentence_transformer import TEXTS, EmbedAnswer, EmbedRequest
from runtime.shared.signed_urls import Transfer, received, returned


class Encoder(Protocol):
    """A model; `runtime.libraries.sentence_transformer.model` gives the real one."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one vector of length 1 for each text."""
        ...


def embed(request: EmbedRequest, encoder: Encoder, urls: Transfer) -> EmbedAnswer:
    """Encode the texts. Raises InvalidRequestError naming the field."""
    vectors = encoder.encode(received(request.texts, TEXTS, urls))
    return EmbedAnswer(
        model=encoder.name,
        dimension=encoder.dimension,
        count=len(vectors),
        vectors=returned(vectors, request.vectors_url, urls),
    )
