from typing import Any

import pytest
from pulumi import Output

from pulumi_rampart.identity.user_directory import UserDirectory, UserDirectoryArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import BOUNDARY, recorded, refusal


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


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (
            {"mfa": "OFF"},
            (
                "users.mfa='OFF': allowed are 'ON', 'OPTIONAL'; a password alone can be stolen, so "
                "OFF is not offered."
            ),
        ),
        ({"mfa": "on"}, "users.mfa='on': allowed are 'ON', 'OPTIONAL';"),
        ({"mfa": True}, "users.mfa=True: a text is wanted, not bool."),
        (
            {"mfa_configuration": "ON"},
            (
                "users.mfa_configuration: there is no such argument; did you mean `mfa`? Allowed "
                "are `boundary`, `mfa`."
            ),
        ),
        ({"boundary": "shop"}, "users.boundary: Boundary, a mapping, is wanted, not str."),
    ],
)
def test_what_no_directory_can_be_made_of_is_refused(wrong: dict[str, Any], why: str) -> None:
    # given
    args: UserDirectoryArgs = {"boundary": BOUNDARY, **wrong}  # type: ignore[typeddict-item]  # wrong on purpose

    # when
    message = refusal(lambda: UserDirectory("users", args))

    # then
    assert message.startswith(why)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("u" * 120, f"Cognito allows 128 characters, and '{'u' * 120}-client-"),
        ("users!", "Cognito allows no '!' in 'shop-dev-users!'."),
    ],
)
def test_a_name_that_no_pool_can_have_is_refused(name: str, why: str) -> None:
    # when
    message = refusal(lambda: UserDirectory(name, {"boundary": BOUNDARY}))

    # then
    assert message.startswith(f"{name}: is not possible as a name: {why}")


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


@pytest.mark.parametrize(
    ("given", "computed", "made"),
    [
        (True, False, "ACTIVE"),
        (False, False, "INACTIVE"),
        (True, True, "ACTIVE"),
        (False, True, "INACTIVE"),
    ],
)
def test_the_directory_is_as_hard_to_delete_as_the_boundary_says(
    given: bool,  # noqa: FBT001  # a case of the law
    computed: bool,  # noqa: FBT001  # a case of the law
    made: str,
) -> None:
    def program() -> None:
        protected = Output.from_input(given) if computed else given
        UserDirectory("users", {"boundary": {**BOUNDARY, "deletion_protection": protected}})

    # when
    graph = recorded(program)

    # then
    assert graph.one("aws:cognito/userPool:UserPool", "users").inputs["deletionProtection"] == made


def test_it_says_what_tokens_will_say() -> None:
    # when
    (users,) = directory().of("rampart:index:UserDirectory")

    # then
    issuer = users.outputs["issuer"]
    assert issuer.startswith("https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_")
    assert users.outputs["jwksUrl"] == f"{issuer}/.well-known/jwks.json"
