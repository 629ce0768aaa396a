"""Good tokens and attacks, against keys published by a real server."""

import base64
import hashlib
import hmac
import importlib
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.runtime.identity.jwt_authorizer.issuer import (
    AUDIENCE,
    TENANT_CLAIM,
    Issuer,
    public_jwk,
    public_pem,
)

METHOD_ARN = "arn:aws:execute-api:eu-central-1:000000000000:a1b2c3/dev/POST/chat"
UNAUTHORIZED = pytest.raises(Exception, match=r"^Unauthorized$")

Authorize = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    issuer = Issuer()
    yield issuer
    issuer.stop()


@pytest.fixture(scope="module")
def authorize(issuer: Issuer) -> Iterator[Authorize]:
    """Ask the handler about a value of the Authorization header."""
    with pytest.MonkeyPatch.context() as environment:
        settings = {
            "ISSUER": issuer.url,
            "AUDIENCE": AUDIENCE,
            "JWKS_URL": issuer.jwks_url,
            "TENANT_CLAIM": TENANT_CLAIM,
            "POWERTOOLS_SERVICE_NAME": "authorizer",
            "POWERTOOLS_METRICS_NAMESPACE": "tests",
        }
        for name, value in settings.items():
            environment.setenv(name, value)
        handler = importlib.import_module("runtime.identity.jwt_authorizer.handler").handler

        def ask(authorization: str) -> dict[str, Any]:
            event = {
                "type": "TOKEN",
                "authorizationToken": authorization,
                "methodArn": METHOD_ARN,
            }
            return handler(event, _Context())

        yield ask


class _Context:
    function_name = "authorizer"
    memory_limit_in_mb = 128
    invoked_function_arn = "arn:aws:lambda:eu-central-1:000000000000:function:authorizer"
    aws_request_id = "request-1"


@pytest.mark.parametrize("key_id", ["rsa-1", "ec-1"])
def test_a_token_of_the_issuer_opens_this_stage_for_its_tenant(
    authorize: Authorize, issuer: Issuer, key_id: str
) -> None:
    # when
    answer = authorize(f"Bearer {issuer.token(key_id=key_id)}")
    # then
    [statement] = answer["policyDocument"]["Statement"]
    assert statement["Effect"] == "Allow"
    arn = "arn:aws:execute-api:eu-central-1:000000000000:a1b2c3/dev/*"
    assert statement["Resource"] == arn
    assert answer["context"] == {"tenant": "acme", "subject": "user-1"}
    assert answer["principalId"] == "user-1"


def test_an_access_token_of_cognito_names_its_audience_as_client(
    authorize: Authorize, issuer: Issuer
) -> None:
    token = issuer.token({"aud": None, "token_use": "access", "client_id": AUDIENCE})
    for scheme in ("bearer ", "BEARER  "):
        assert authorize(f"{scheme}{token}")["context"]["tenant"] == "acme"


@pytest.mark.parametrize("tenant", [None, "", "Acme", "acme/../globex", "a" * 64, 5, ["acme"]])
def test_a_token_without_a_proper_tenant_is_forbidden(
    authorize: Authorize, issuer: Issuer, tenant: object
) -> None:
    # when
    answer = authorize(f"Bearer {issuer.token({TENANT_CLAIM: tenant})}")
    # then
    assert answer["policyDocument"]["Statement"][0]["Effect"] == "Deny"
    assert answer["context"] == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": None},
        {"iat": None},
        {"iss": "https://evil.example.com"},
        {"iss": None},
        {"aud": "another-app"},
        {"aud": ["another-app"]},
        {"aud": None},
        {"aud": None, "client_id": AUDIENCE},
        {"aud": None, "token_use": "access", "client_id": "another-app"},
        {"aud": "another-app", "token_use": "access", "client_id": AUDIENCE},
        {"sub": None},
        {"sub": 5},
    ],
    ids=str,
)
def test_claims_that_do_not_fit_are_refused(
    authorize: Authorize, issuer: Issuer, changes: dict[str, object]
) -> None:
    with UNAUTHORIZED:
        authorize(f"Bearer {issuer.token(changes)}")


@pytest.mark.parametrize(("claim", "seconds"), [("exp", -60), ("iat", 600), ("nbf", 600)])
def test_a_token_out_of_its_time_is_refused(
    authorize: Authorize, issuer: Issuer, claim: str, seconds: int
) -> None:
    with UNAUTHORIZED:
        authorize(f"Bearer {issuer.token({claim: int(time.time()) + seconds})}")


def test_clocks_may_differ_by_a_few_seconds(authorize: Authorize, issuer: Issuer) -> None:
    assert authorize(f"Bearer {issuer.token({'exp': int(time.time()) - 3})}")
    assert authorize(f"Bearer {issuer.token({'iat': int(time.time()) + 3})}")


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer a.b", "Bearer a.b.c", "Bearer " + "a" * 9000],
)
def test_what_is_no_bearer_token_is_refused(authorize: Authorize, authorization: str) -> None:
    with UNAUTHORIZED:
        authorize(authorization)


def test_an_unsigned_token_is_refused(authorize: Authorize, issuer: Issuer) -> None:
    for algorithm in ("none", "None", "NONE"):
        header = part({"alg": algorithm, "typ": "JWT", "kid": "rsa-1"})
        with UNAUTHORIZED:
            authorize(f"Bearer {header}.{part(issuer.claims())}.")


def test_a_public_key_is_no_shared_secret(authorize: Authorize, issuer: Issuer) -> None:
    """Sign with HMAC and the public key, hoping that it is taken for the secret."""
    # given
    content = f"{part({'alg': 'HS256', 'kid': 'rsa-1'})}.{part(issuer.claims())}"
    secret = public_pem(issuer.published["rsa-1"])
    signature = hmac.new(secret, content.encode(), hashlib.sha256).digest()
    # when, then
    with UNAUTHORIZED:
        authorize(f"Bearer {content}.{encoded(signature)}")


def test_a_header_that_names_another_algorithm_than_the_keys_is_refused(
    authorize: Authorize, issuer: Issuer
) -> None:
    header, claims, signature = issuer.token(key_id="rsa-1").split(".")
    assert header
    lie = part({"alg": "ES256", "kid": "rsa-1"})
    with UNAUTHORIZED:
        authorize(f"Bearer {lie}.{claims}.{signature}")


def test_other_algorithms_of_the_same_key_are_refused(authorize: Authorize, issuer: Issuer) -> None:
    for algorithm in ("RS384", "RS512", "PS256"):
        with UNAUTHORIZED:
            authorize(f"Bearer {issuer.token(algorithm=algorithm)}")


def test_a_key_the_token_brings_along_is_not_used(authorize: Authorize, issuer: Issuer) -> None:
    # given
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    headers = {
        "kid": "rsa-1",
        "jwk": public_jwk(own, "rsa-1"),
        "jku": "https://evil.example.com/jwks.json",
    }
    # when, then
    with UNAUTHORIZED:
        authorize(f"Bearer {jwt.encode(issuer.claims(), own, 'RS256', headers=headers)}")


def test_a_foreign_key_with_a_known_id_is_refused(authorize: Authorize, issuer: Issuer) -> None:
    foreign: list[rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey] = [
        rsa.generate_private_key(public_exponent=65537, key_size=2048),
        ec.generate_private_key(ec.SECP256R1()),
    ]
    for key, key_id in zip(foreign, ("rsa-1", "ec-1"), strict=True):
        with UNAUTHORIZED:
            authorize(f"Bearer {issuer.token(key=key, key_id=key_id)}")


def test_changed_claims_are_refused(authorize: Authorize, issuer: Issuer) -> None:
    header, _, signature = issuer.token().split(".")
    claims = part(issuer.claims({TENANT_CLAIM: "globex"}))
    with UNAUTHORIZED:
        authorize(f"Bearer {header}.{claims}.{signature}")


def test_a_token_without_a_key_id_is_refused(authorize: Authorize, issuer: Issuer) -> None:
    with UNAUTHORIZED:
        authorize(f"Bearer {jwt.encode(issuer.claims(), issuer.published['rsa-1'], 'RS256')}")


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def part(content: dict[str, Any]) -> str:
    return encoded(json.dumps(content).encode())
