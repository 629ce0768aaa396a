"""How an index of Pinecone is reached, and made on first use."""

from collections.abc import Generator, Mapping
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

from runtime.shared.errors import InvalidRequestError, NotConfiguredError, UnavailableError

# The region that all Pinecone plans have. For another, create the indexes before the first request.
DEPLOYMENT = {"deployment_type": "managed", "cloud": "aws", "region": "us-east-1"}

# Less than the function's 30 s: a caller that tries again finds the index further on.
READY_TIMEOUT_SECONDS = 20
REQUEST_TIMEOUT_SECONDS = 10.0


def connected(api_key: str, control_url: str) -> Pinecone:
    """Return a client; "" is the URL of the public service."""
    return Pinecone(
        api_key=api_key,
        host=control_url or None,
        timeout=REQUEST_TIMEOUT_SECONDS,
        retry_config=RetryConfig(max_wait=2.0),
    )


def ready(client: Pinecone, name: str, fields: Mapping[str, Any]) -> IndexModel:
    """Return an index that can be used, made with these fields if it is missing.

    Raises UnavailableError while it is not ready.
    """
    try:
        index = client.indexes.describe(name)
    except NotFoundError:
        _create(client, name, fields)
        index = _awaited(client, name)
    if not index.status.ready or not index.host:
        raise UnavailableError(f"the Pinecone index {name} is not ready yet")
    return index


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


def _create(client: Pinecone, name: str, fields: Mapping[str, Any]) -> None:
    try:
        client.indexes.create(
            name=name, schema={"fields": dict(fields)}, deployment=DEPLOYMENT, timeout=-1
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
