"""An identity provider on loopback: keys that can be rotated, tokens, and a JWKS document."""

import json
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

AUDIENCE = "rampart-app"
TENANT_CLAIM = "custom:tenant"

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class _Jwks(BaseHTTPRequestHandler):
    issuer: ClassVar["Issuer"]

    def do_GET(self) -> None:
        self.issuer.fetches += 1
        keys = [public_jwk(key, key_id) for key_id, key in self.issuer.published.items()]
        self.send_response(503 if self.issuer.down else 200)
        self.end_headers()
        self.wfile.write(json.dumps({"keys": keys}).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep the test's output clean."""


class Issuer:
    """Publishes keys and signs tokens with them."""

    def __init__(self) -> None:
        self.published: dict[str, PrivateKey] = {
            "rsa-1": rsa.generate_private_key(public_exponent=65537, key_size=2048),
            "ec-1": ec.generate_private_key(ec.SECP256R1()),
        }
        self.fetches, self.down = 0, False
        handler = type("Handler", (_Jwks,), {"issuer": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @property
    def jwks_url(self) -> str:
        return f"{self.url}/.well-known/jwks.json"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def claims(self, changes: Mapping[str, object] | None = None) -> dict[str, Any]:
        """Return the claims of a good token; a change to None removes one."""
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "user-1",
            "iat": now,
            "exp": now + 300,
            TENANT_CLAIM: "acme",
            **(changes or {}),
        }
        return {name: value for name, value in claims.items() if value is not None}

    def token(
        self,
        changes: Mapping[str, object] | None = None,
        *,
        key_id: str = "rsa-1",
        key: PrivateKey | None = None,
        algorithm: str | None = None,
    ) -> str:
        """Return a signed token."""
        signing = key or self.published[key_id]
        chosen = algorithm or ("RS256" if isinstance(signing, rsa.RSAPrivateKey) else "ES256")
        return jwt.encode(self.claims(changes), signing, chosen, headers={"kid": key_id})


def public_jwk(key: PrivateKey, key_id: str) -> dict[str, Any]:
    public = key.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        jwk = RSAAlgorithm.to_jwk(public, as_dict=True)
    else:
        jwk = ECAlgorithm.to_jwk(public, as_dict=True)
    return {**jwk, "kid": key_id, "use": "sig"}


def public_pem(key: PrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
