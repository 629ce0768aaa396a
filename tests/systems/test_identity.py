"""Who may call: the directory, or an issuer of the operator's choice."""

import pytest

from tests.systems.golden import recorded
from tests.systems.grants import ALONE, environment, names_let_out

OIDC = {
    "oidcIssuer": "https://id.example.com",
    "oidcAudience": "rampart",
    "oidcJwksUrl": "https://id.example.com/keys",
    "oidcTenantClaim": "org",
}


def test_an_issuer_of_ones_own_takes_the_place_of_the_directory() -> None:
    # when
    graph = recorded("dev", changes={**ALONE, **OIDC})

    # then
    assert graph.of("aws:cognito/userPool:UserPool") == ()
    assert "user_pool_id" not in graph.exports
    told = environment(graph, "identity-authorizer")
    assert {key: told[key] for key in ("ISSUER", "AUDIENCE", "JWKS_URL", "TENANT_CLAIM")} == {
        "ISSUER": "https://id.example.com",
        "AUDIENCE": "rampart",
        "JWKS_URL": "https://id.example.com/keys",
        "TENANT_CLAIM": "org",
    }
    assert "id.example.com" in names_let_out(graph)


def test_an_issuer_described_by_halves_is_refused_and_what_is_missing_named() -> None:
    # given
    halves = {key: value for key, value in OIDC.items() if key in {"oidcIssuer", "oidcAudience"}}

    # when
    with pytest.raises(ValueError, match="rampart:oidcIssuer") as caught:
        recorded("dev", changes=halves)

    # then
    assert str(caught.value) == (
        "rampart:oidcIssuer needs rampart:oidcJwksUrl, rampart:oidcTenantClaim too; set them, or "
        "remove oidcIssuer to use a Cognito user pool."
    )
