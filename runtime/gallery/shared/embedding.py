"""Text becomes a vector: by our library function, or by Voyage AI where that is configured.

The embedder and the search must use the same one, or distances mean nothing; both take it from the
same configuration.
"""

from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

import httpx
from pydantic import Field, ValidationError

from runtime.gallery.shared.parameters import Parameters
from runtime.shared.errors import NotConfiguredError, UnavailableError
from runtime.shared.library import Library
from runtime.shared.settings import Settings
from runtime.shared.shape import Shape
from runtime.shared.short_texts import ShortTexts

Role = Literal["document", "query"]
"""Voyage embeds a question differently from what it should find; MiniLM does not."""

VOYAGE_URL = "https://api.voyageai.com/v1"
VOYAGE_TIMEOUT_SECONDS = 10


class EmbeddingSettings(Settings):
    """Who embeds, and in how many dimensions."""

    embedding_provider: Literal["sentence-transformer", "voyage"]
    embedding_function: str
    """Name or ARN of the library function, for `sentence-transformer`."""
    embedding_model: str
    """Name at Voyage; the library function has one model."""
    embedding_key_parameter: str
    """SecureString with Voyage's key; "" for none."""
    embedding_base_url: str
    """"" is Voyage's public service."""
    vector_dimension: int
    """As the database's column; another one is refused."""


@dataclass(frozen=True)
class Embedded:
    """A vector and the model it comes from."""

    vector: list[float]
    model: str


class Embedder(Protocol):
    """Embeds one text at a time."""

    def embed(self, text: str, role: Role) -> Embedded:
        """Return the text's vector.

        Raises UnavailableError, and NotConfiguredError for a missing key or a wrong dimension.
        """
        ...


class SentenceTransformer:
    """Implements `Embedder` with the library function."""

    def __init__(self, library: Library, function: str) -> None:
        """Invoke the function with this name or ARN."""
        self._texts = ShortTexts(library, function)

    def embed(self, text: str, role: Role) -> Embedded:
        """Return the text's vector; the model treats both roles alike."""
        del role
        found = self._texts.embed([text])
        return Embedded(found.vectors[0], found.model)


class VoyageAnswer(Shape):
    """https://docs.voyageai.com/reference/embeddings-api."""

    class Row(Shape):
        """One input's vector."""

        embedding: list[float]

    data: Annotated[list[Row], Field(min_length=1)]
    model: str


class Voyage:
    """Implements `Embedder` over Voyage's HTTP API.

    Its own Python client needs 140 MB of packages for this one request, and an older Pillow.
    """

    def __init__(self, settings: EmbeddingSettings, parameters: Parameters) -> None:
        """Take the key from Parameter Store when it is needed."""
        self._settings, self._parameters = settings, parameters
        self._client = httpx.Client(
            base_url=settings.embedding_base_url or VOYAGE_URL, timeout=VOYAGE_TIMEOUT_SECONDS
        )

    def embed(self, text: str, role: Role) -> Embedded:
        """Return the text's vector."""
        key = self._parameters.key(self._settings.embedding_key_parameter)
        if key is None:
            raise NotConfiguredError("there is no key for Voyage")
        body = {
            "input": [text],
            "model": self._settings.embedding_model,
            "input_type": role,
            "output_dimension": self._settings.vector_dimension,
        }
        headers = {"Authorization": f"Bearer {key.get_secret_value()}"}
        try:
            response = self._client.post("/embeddings", json=body, headers=headers)
            response.raise_for_status()
            answer = VoyageAnswer.model_validate_json(response.content)
        except httpx.HTTPStatusError as error:
            raise _refusal(error.response.status_code) from error
        except (httpx.HTTPError, ValidationError) as error:
            raise UnavailableError(f"Voyage did not answer: {type(error).__name__}") from error
        return Embedded(answer.data[0].embedding, answer.model)


class OfDimension:
    """Implements `Embedder`: another one, whose vectors are refused if they do not fit."""

    def __init__(self, embedder: Embedder, dimension: int) -> None:
        """Accept vectors of this dimension only."""
        self._embedder, self._dimension = embedder, dimension

    def embed(self, text: str, role: Role) -> Embedded:
        """Return the text's vector, which has the configured dimension."""
        embedded = self._embedder.embed(text, role)
        if len(embedded.vector) != self._dimension:
            found = f"{embedded.model} gives {len(embedded.vector)} dimensions"
            raise NotConfiguredError(f"{found}, the configuration says {self._dimension}")
        return embedded


def embedder(settings: EmbeddingSettings, library: Library, parameters: Parameters) -> Embedder:
    """Return the configured embedder."""
    if settings.embedding_provider == "voyage":
        chosen: Embedder = Voyage(settings, parameters)
    else:
        chosen = SentenceTransformer(library, settings.embedding_function)
    return OfDimension(chosen, settings.vector_dimension)


def _refusal(status: int) -> Exception:
    if status in {401, 403, 404}:
        return NotConfiguredError(f"Voyage refused the key or the model: {status}")
    return UnavailableError(f"Voyage answered {status}")
