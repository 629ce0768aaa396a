from typing import Any

from pulumi_rampart.identity.user_directory import UserDirectory, UserDirectoryArgs
from pulumi_rampart.testing import Graph
from tests.components.wall import BOUNDARY, recorded, refusal


def directory() -> Graph:
    return recorded(lambda: UserDirectory("users", {"boundary": BOUNDARY}))


def pool() -> dict[str, Any]:
    return directory().one("aws:cognito/userPool:UserPool", "users").inputs


def client() -> dict[str, Any]:
    return directory().one("aws:cognito/userPoolClient:UserPoolClient", "users-client").inputs


def test_users_can_read_their_tenant_and_never_write_it() -> None:
    # when
    made = client()

    # then
    assert made["readAttributes"] == ["custom:tenant"]
    assert "custom:tenant" not in made["writeAttributes"]
    (attribute,) = pool()["schemas"]
    assert (attribute["name"], attribute["mutable"]) == ("tenant", False)


def test_nobody_signs_up_alone() -> None:
    # then
    assert pool()["adminCreateUserConfig"] == {"allowAdminCreateUserOnly": True}


def test_passwords_never_travel_in_the_clear_from_people() -> None:
    # then
    assert "ALLOW_USER_PASSWORD_AUTH" not in client()["explicitAuthFlows"]
    assert "ALLOW_USER_SRP_AUTH" in client()["explicitAuthFlows"]


def test_a_password_alone_is_not_enough_unless_said_otherwise() -> None:
    # given
    def pool_with(args: UserDirectoryArgs) -> dict[str, Any]:
        graph = recorded(lambda: UserDirectory("users", args))
        return graph.one("aws:cognito/userPool:UserPool", "users").inputs

    # then
    assert pool_with({"boundary": BOUNDARY})["mfaConfiguration"] == "ON"
    optional = pool_with({"boundary": BOUNDARY, "mfa": "OPTIONAL"})
    assert optional["mfaConfiguration"] == "OPTIONAL"
    assert optional["softwareTokenMfaConfiguration"] == {"enabled": True}


def test_going_without_a_second_factor_is_refused() -> None:
    # when
    message = refusal(lambda: UserDirectory("users", {"boundary": BOUNDARY, "mfa": "OFF"}))

    # then
    assert message == "users.mfa='OFF': allowed are ['ON', 'OPTIONAL']; a password alone is stolen."


def test_whether_a_user_exists_cannot_be_found_out() -> None:
    # then
    assert client()["preventUserExistenceErrors"] == "ENABLED"


def test_tokens_live_an_hour_and_can_be_revoked() -> None:
    # when
    made = client()

    # then
    assert (made["idTokenValidity"], made["accessTokenValidity"]) == (60, 60)
    assert made["tokenValidityUnits"] == {"idToken": "minutes", "accessToken": "minutes"}
    assert made["enableTokenRevocation"] is True


def test_the_directory_is_hard_to_delete() -> None:
    # then
    assert pool()["deletionProtection"] == "ACTIVE"


def test_it_says_what_tokens_will_say() -> None:
    # when
    (users,) = directory().of("rampart:index:UserDirectory")

    # then
    issuer = users.outputs["issuer"]
    assert issuer.startswith("https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_")
    assert users.outputs["jwksUrl"] == f"{issuer}/.well-known/jwks.json"
