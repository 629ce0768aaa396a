"""The issuer's keys over HTTP, kept for a while and fetched again when an unknown one appears.

While the issuer does not answer, the keys it published last stay good for a limited time:
`stale-if-error`, https://datatracker.ietf.org/doc/html/rfc5861#section-4
"""

import time
from collections.abc import Callable

import jwt
from aws_lambda_powertools import Logger
from jwt import PyJWK, PyJWKClient, PyJWKSet
from jwt.exceptions import PyJWKClientConnectionError, PyJWKSetError

from runtime.identity.jwt_authorizer.published_set import PublishedSet
from runtime.identity.jwt_authorizer.tokens import UnauthorizedError
from runtime.shared.errors import UnavailableError

logger = Logger(child=True)

REFETCH_PAUSE_SECONDS = 10
"""A new key is found within this time; made-up key ids cause no more fetches than that, and a
silent issuer is not waited for more often."""
TIMEOUT_SECONDS = 3


class PublishedKeys:
    """Implements `tokens.SigningKeys` from a JWKS document."""

    def __init__(
        self,
        url: str,
        refetch_pause_seconds: float = REFETCH_PAUSE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` counts seconds."""
        self._client = PyJWKClient(
            url, timeout=TIMEOUT_SECONDS, cooldown_duration=refetch_pause_seconds
        )
        self._published = PublishedSet(clock)
        self._client.jwk_set_cache = self._published
        self._pause_seconds, self._clock = refetch_pause_seconds, clock
        self._silent_since: float | None = None

    def get(self, key_id: str) -> PyJWK:
        """Return the key; raises UnavailableError when the issuer does not answer."""
        if self._silent() and (last := self._published.last()):
            return _of(last, key_id)
        try:
            key = self._client.get_signing_key(key_id)
        except (PyJWKClientConnectionError, PyJWKSetError, ValueError) as error:
            self._silent_since = self._clock()
            if last := self._published.last():
                logger.warning("the issuer does not answer: its last keys are used")
                return _of(last, key_id)
            raise UnavailableError(f"the issuer's keys cannot be read: {error}") from error
        except jwt.PyJWKClientError as error:
            raise UnauthorizedError(str(error)) from error
        self._silent_since = None
        return key

    def _silent(self) -> bool:
        since = self._silent_since
        return since is not None and self._clock() - since < self._pause_seconds


def _of(last: PyJWKSet, key_id: str) -> PyJWK:
    """Return the key of the set published last; a key that it lacks may be a new one."""
    for key in last.keys:
        if key.key_id == key_id and key.public_key_use in {"sig", None}:
            return key
    raise UnavailableError("the issuer's keys cannot be read, and its last ones lack this one")
