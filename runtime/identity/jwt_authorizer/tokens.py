"""Verifies JSON Web Tokens against the issuer's published keys."""

from typing import Any, Protocol

import jwt
from jwt import PyJWK

ALGORITHMS = ("RS256", "ES256")
LEEWAY_SECONDS = 10
"""How far the issuer's clock may be from ours."""
LONGEST_TOKEN = 8192
"""Characters; API Gateway allows 10,240 for all headers together."""


class UnauthorizedError(Exception):
    """The token proves nothing; the message is for our log, never for the client."""


class SigningKeys(Protocol):
    """The issuer's keys."""

    def get(self, key_id: str) -> PyJWK:
        """Return the key; raises UnauthorizedError when the issuer has no such key."""
        ...


class Tokens:
    """Accepts tokens of one issuer for one audience."""

    def __init__(self, keys: SigningKeys, issuer: str, audience: str) -> None:
        self._keys, self._issuer, self._audience = keys, issuer, audience

    def verify(self, authorization: str) -> dict[str, Any]:
        """Return the claims of a `Bearer` token, or raise UnauthorizedError.

        The key decides which algorithm verifies; the token's header must agree with it. A public
        RSA key can therefore never serve as the secret of an HMAC.
        """
        scheme, _, token = authorization.strip().partition(" ")
        token = token.lstrip()
        if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN:
            raise UnauthorizedError("the header is no bearer token")
        try:
            header = jwt.get_unverified_header(token)
            key_id = header.get("kid")
            if header.get("alg") not in ALGORITHMS or not isinstance(key_id, str):
                raise UnauthorizedError(f"algorithm {header.get('alg')!r} with key {key_id!r}")
            claims = jwt.decode(
                token,
                key=self._keys.get(key_id),
                algorithms=ALGORITHMS,
                issuer=self._issuer,
                leeway=LEEWAY_SECONDS,
                # The audience is checked below: access tokens of Cognito name it elsewhere.
                options={"require": ["exp", "iat", "iss", "sub"], "verify_aud": False},
            )
        except jwt.InvalidTokenError as error:
            raise UnauthorizedError(f"{type(error).__name__}: {error}") from error
        self._check_audience(claims)
        return claims

    def _check_audience(self, claims: dict[str, Any]) -> None:
        """ID tokens name their audience in `aud`, access tokens of Cognito in `client_id`."""
        audience: object = claims.get("aud")
        if audience is None and claims.get("token_use") == "access":
            audience = claims.get("client_id")
        several = isinstance(audience, list) and self._audience in audience
        if audience != self._audience and not several:
            raise UnauthorizedError("the token is meant for another audience")
