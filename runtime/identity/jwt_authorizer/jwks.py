"""The issuer's keys over HTTP, kept for a while and fetched again when an unknown one appears."""

import jwt
from jwt import PyJWK, PyJWKClient
from jwt.exceptions import PyJWKClientConnectionError, PyJWKSetError

from runtime.identity.jwt_authorizer.tokens import UnauthorizedError
from runtime.shared.errors import UnavailableError

KEPT_SECONDS = 300
"""After this a key the issuer has withdrawn is no longer trusted."""
REFETCH_PAUSE_SECONDS = 10
"""A new key is found within this time; made-up key ids cause no more fetches than that."""
TIMEOUT_SECONDS = 3


class PublishedKeys:
    """Implements `tokens.SigningKeys` from a JWKS document."""

    def __init__(self, url: str, refetch_pause_seconds: float = REFETCH_PAUSE_SECONDS) -> None:
        self._client = PyJWKClient(
            url,
            lifespan=KEPT_SECONDS,
            timeout=TIMEOUT_SECONDS,
            cooldown_duration=refetch_pause_seconds,
        )

    def get(self, key_id: str) -> PyJWK:
        """Return the key; raises UnavailableError when the issuer does not answer."""
        try:
            return self._client.get_signing_key(key_id)
        except (PyJWKClientConnectionError, PyJWKSetError, ValueError) as error:
            raise UnavailableError(f"the issuer's keys cannot be read: {error}") from error
        except jwt.PyJWKClientError as error:
            raise UnauthorizedError(str(error)) from error
