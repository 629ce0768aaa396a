"""Vectors of a few short texts, by the library function: everything is in the messages."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from runtime.shared.contracts.content import Inline
from runtime.shared.contracts.sentence_transformer import VECTORS, EmbedAnswer, EmbedRequest
from runtime.shared.errors import UnavailableError
from runtime.shared.library import Library


@dataclass(frozen=True)
class TextVectors:
    """One vector of length 1 for each text, in their order."""

    vectors: list[list[float]]
    model: str


class ShortTexts:
    """Embeds questions, sentences and summaries: at most some hundred at a time."""

    def __init__(self, library: Library, function: str) -> None:
        """Invoke the function with this name or ARN."""
        self._library, self._function = library, function

    def embed(self, texts: Sequence[str]) -> TextVectors:
        """Return the vectors; raises UnavailableError, and what `Library` raises."""
        answer = self._library.invoke(
            self._function, lambda: EmbedRequest(texts=Inline(value=list(texts))), EmbedAnswer
        )
        vectors = _inline(answer)
        if len(vectors) != len(texts):
            raise UnavailableError(f"{len(vectors)} vectors came back for {len(texts)} texts")
        return TextVectors(vectors, answer.model)


def _inline(answer: EmbedAnswer) -> list[list[float]]:
    if isinstance(answer.vectors, Inline):
        try:
            return VECTORS.validate_python(answer.vectors.value)
        except ValidationError:
            raise UnavailableError("what came back are no vectors") from None
    raise UnavailableError("the vectors were left somewhere, although no place was named")
