"""Only a token of our own issuer, whole and in time, opens the API."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.end_to_end.knowledge import Knowledge, problem
from tests.end_to_end.laptop import Laptop

FOREIGN_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
Forge = Callable[[dict[str, Any], dict[str, Any], Laptop], str]


def _encoded(part: dict[str, Any] | bytes) -> str:
    content = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _expired(header: dict[str, Any], claims: dict[str, Any], laptop: Laptop) -> str:
    past = {"iat": int(time.time()) - 7200, "exp": int(time.time()) - 60}
    return jwt.encode({**claims, **past}, laptop.signing_key, "RS256", {"kid": header["kid"]})


def _other_audience(header: dict[str, Any], claims: dict[str, Any], laptop: Laptop) -> str:
    return jwt.encode(
        {**claims, "aud": "another-app"}, laptop.signing_key, "RS256", {"kid": header["kid"]}
    )


def _foreign_issuer(_: dict[str, Any], claims: dict[str, Any], __: Laptop) -> str:
    foreign = {**claims, "iss": "https://login.example.com"}
    return jwt.encode(foreign, FOREIGN_KEY, "RS256", {"kid": "foreign"})


def _foreign_key(header: dict[str, Any], claims: dict[str, Any], _: Laptop) -> str:
    return jwt.encode(claims, FOREIGN_KEY, "RS256", {"kid": header["kid"]})


def _unsigned(header: dict[str, Any], claims: dict[str, Any], _: Laptop) -> str:
    return f"{_encoded({**header, 'alg': 'none'})}.{_encoded(claims)}."


def _public_key_as_password(header: dict[str, Any], claims: dict[str, Any], laptop: Laptop) -> str:
    """Sign with HMAC and the public key, which everybody knows."""
    public = laptop.signing_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signed = f"{_encoded({**header, 'alg': 'HS256'})}.{_encoded(claims)}"
    algorithm = jwt.get_algorithm_by_name("HS256")
    return f"{signed}.{_encoded(algorithm.sign(signed.encode(), public))}"


FORGED: dict[str, Forge] = {
    "expired": _expired,
    "for another audience": _other_audience,
    "of a foreign issuer": _foreign_issuer,
    "signed with a foreign key": _foreign_key,
    "unsigned": _unsigned,
    "signed with the public key": _public_key_as_password,
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_token_that_proves_nothing_is_refused(
    laptop: Laptop, acme: Knowledge, forge: Forge
) -> None:
    # given
    header = jwt.get_unverified_header(acme.token)
    claims = jwt.decode(acme.token, options={"verify_signature": False})
    token = forge(header, claims, laptop)

    # when
    response = acme.request("GET", "/crud", headers={"Authorization": f"Bearer {token}"})

    # then
    refused(response)


def test_a_token_made_over_to_another_tenant_is_refused(acme: Knowledge) -> None:
    # given: the signature of acme's token under the claims of globex
    header, _, signature = acme.token.split(".")
    claims = jwt.decode(acme.token, options={"verify_signature": False})
    name = next(claim for claim in claims if "tenant" in claim)
    token = f"{header}.{_encoded({**claims, name: 'globex'})}.{signature}"

    # when
    response = acme.request("GET", "/crud", headers={"Authorization": f"Bearer {token}"})

    # then
    refused(response)


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer a.b", "Basic YTpi"])
def test_without_a_token_nothing_opens(acme: Knowledge, authorization: str | None) -> None:
    # when
    response = acme.request("GET", "/crud", headers={"Authorization": authorization})

    # then
    refused(response)


def test_the_same_claims_signed_by_the_issuer_are_accepted(laptop: Laptop, acme: Knowledge) -> None:
    # given: what the forgeries above differ from
    header = jwt.get_unverified_header(acme.token)
    claims = jwt.decode(acme.token, options={"verify_signature": False})
    token = jwt.encode(claims, laptop.signing_key, "RS256", {"kid": header["kid"]})

    # when
    response = acme.request("GET", "/crud", headers={"Authorization": f"Bearer {token}"})

    # then
    assert response.status_code == 200


def refused(response: httpx.Response) -> None:
    document = problem(response, 401)
    assert document["detail"] == "Send a valid token: Authorization: Bearer <token>."
    assert response.json().keys() == {"type", "title", "status", "detail", "correlation_id"}
