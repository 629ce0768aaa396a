"""The set of keys that an issuer published last, and for how long it is good."""

import math
from collections.abc import Callable
from typing import Any

from jwt import PyJWKSet
from jwt.jwk_set_cache import JWKSetCache

KEPT_SECONDS = 300
"""After this a key the issuer has withdrawn is no longer trusted, if the issuer answers."""
TRUSTED_SECONDS = 1800
"""The same if it does not answer: the longest outage that nobody notices who has a token."""


class PublishedSet(JWKSetCache):
    """PyJWT's cache by a given clock; what has expired can still be read for a while."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` counts seconds."""
        super().__init__(KEPT_SECONDS)
        self._clock, self._read_at = clock, -math.inf

    def put(self, jwk_set: PyJWKSet | dict[str, Any] | None) -> None:
        """Keep what the issuer answered."""
        super().put(jwk_set)
        self._read_at = self._clock()

    def is_expired(self) -> bool:
        """Tell whether the issuer must be asked again."""
        return self._clock() - self._read_at > KEPT_SECONDS

    def last(self) -> PyJWKSet | None:
        """Return the set while it may stand in for an answer."""
        kept = self.jwk_set_with_timestamp
        trusted = self._clock() - self._read_at <= TRUSTED_SECONDS
        return kept.get_jwk_set() if kept and trusted else None
