"""The real index, through Pinecone's client, made on first use."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from pinecone import (
    ApiError,
    ConflictError,
    ForbiddenError,
    NotFoundError,
    Pinecone,
    PineconeError,
    PineconeValueError,
    RateLimitError,
    RetryConfig,
    ServiceError,
    UnauthorizedError,
)
from pinecone.models.indexes.index import IndexModel
from tenacity import RetryError, Retrying, retry_if_result, stop_after_delay, wait_fixed

from runtime.shared.contracts.pinecone import Match
from runtime.shared.errors import InvalidRequestError, NotConfiguredError, UnavailableError

# The name by which the vectors API knows the one dense field of an index.
DENSE_FIELD = "_values"

# The region that all Pinecone plans have. For another, create the index before the first request.
DEPLOYMENT = {"deployment_type": "managed", "cloud": "aws", "region": "us-east-1"}

# Less than the function's 30 s: a caller that tries again finds the index further on.
READY_TIMEOUT_SECONDS = 20
REQUEST_TIMEOUT_SECONDS = 10.0


class PineconeIndex:
    """Implements `VectorIndex`. Every error is one of `runtime.shared.errors`."""

    def __init__(self, api_key: str, control_url: str, name: str, dimension: int) -> None:
        """Connect, and make the index if it is missing.

        Args:
            api_key: of the Pinecone project.
            control_url: "" for the public service.
            name: of the index.
            dimension: of its vectors; an index that exists must have the same.
        """
        self.dimension = dimension
        with explaining():
            client = Pinecone(
                api_key=api_key,
                host=control_url or None,
                timeout=REQUEST_TIMEOUT_SECONDS,
                retry_config=RetryConfig(max_wait=2.0),
            )
            self._index = client.index(host=_ready_host(client, name, dimension))

    def upsert(self, namespace: str, vectors: Sequence[Mapping[str, Any]]) -> None:
        """Write one batch."""
        with explaining():
            self._index.upsert(vectors=vectors, namespace=namespace)

    def query(
        self, namespace: str, vector: Sequence[float], top_k: int, condition: dict[str, Any] | None
    ) -> list[Match]:
        """Return the nearest neighbours, best first."""
        try:
            with explaining():
                found = self._index.query(
                    vector=vector,
                    top_k=top_k,
                    namespace=namespace,
                    filter=condition,
                    include_metadata=True,
                )
        except NotFoundError:
            return []
        return [
            Match(id=match.id, score=match.score, metadata=dict(match.metadata or {}))
            for match in found.matches
        ]

    def ids(self, namespace: str, prefix: str) -> Iterator[str]:
        """Return the ids that begin with `prefix`; none if there is no such namespace."""
        try:
            with explaining():
                for page in self._index.list(prefix=prefix, namespace=namespace):
                    yield from (item.id for item in page.vectors if item.id)
        except NotFoundError:
            return

    def delete(self, namespace: str, ids: Sequence[str]) -> None:
        """Delete by id."""
        try:
            with explaining():
                self._index.delete(ids=ids, namespace=namespace)
        except NotFoundError:
            return


def _ready_host(client: Pinecone, name: str, dimension: int) -> str:
    try:
        description = client.indexes.describe(name)
    except NotFoundError:
        _create(client, name, dimension)
        description = _awaited(client, name)
    column = description.schema.fields.get(DENSE_FIELD)
    if getattr(column, "dimension", None) != dimension:
        raise NotConfiguredError(f"the Pinecone index {name} does not have {dimension} dimensions")
    if not description.status.ready or not description.host:
        raise UnavailableError(f"the Pinecone index {name} is not ready yet")
    return description.host


def _awaited(client: Pinecone, name: str) -> IndexModel:
    """Return the index when it is ready."""
    until_ready = Retrying(
        retry=retry_if_result(_is_pending),
        wait=wait_fixed(1),
        stop=stop_after_delay(READY_TIMEOUT_SECONDS),
    )
    try:
        return until_ready(client.indexes.describe, name)
    except RetryError as error:
        raise UnavailableError(f"the Pinecone index {name} is not ready yet") from error


def _is_pending(index: IndexModel) -> bool:
    return not index.status.ready


def _create(client: Pinecone, name: str, dimension: int) -> None:
    column = {"type": "dense_vector", "dimension": dimension, "metric": "cosine"}
    try:
        client.indexes.create(
            name=name, schema={"fields": {DENSE_FIELD: column}}, deployment=DEPLOYMENT, timeout=-1
        )
    except ConflictError:
        # Another function was quicker; both want the same index.
        return


@contextmanager
def explaining() -> Generator[None]:
    """Translate Pinecone's exceptions; NotFoundError passes, since it is often an answer."""
    try:
        yield
    except NotFoundError:
        raise
    except (UnauthorizedError, ForbiddenError) as error:
        raise NotConfiguredError("Pinecone refused the API key") from error
    except (RateLimitError, ServiceError) as error:
        raise UnavailableError(f"Pinecone answered {error.status_code}") from error
    except (ApiError, PineconeValueError) as error:
        raise InvalidRequestError(f"Pinecone refused the request: {error.message}") from error
    except PineconeError as error:
        raise UnavailableError(f"Pinecone did not answer: {type(error).__name__}") from error
