"""Who may call: a Cognito user pool whose users each belong to one tenant.

Creates, in order:
    <name>         aws.cognito.UserPool         users are invited, passwords long, tenant fixed
    <name>-client  aws.cognito.UserPoolClient   the application; users cannot change their tenant
"""

from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import cognito

from pulumi_rampart.arguments import AlsoCalled, OneOf, checked
from pulumi_rampart.boundary.args import Boundary, boundary_of, is_protected, prefixed
from pulumi_rampart.component import Component

# The tenant is an attribute of the user; in tokens it is the claim `custom:tenant`.
TENANT_ATTRIBUTE = "tenant"
TENANT_CLAIM = f"custom:{TENANT_ATTRIBUTE}"
# As the authorizer demands of a tenant's name.
MAX_TENANT_LENGTH = 63
MIN_PASSWORD_LENGTH = 14
TOKEN_MINUTES, TOKEN_UNIT = 60, "minutes"
# Cognito knows OFF too.
# https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html
MFA = OneOf(("ON", "OPTIONAL"), "a password alone can be stolen, so OFF is not offered.")


class UserDirectoryArgs(TypedDict):
    """What a deployment decides about its directory."""

    boundary: Input[Boundary]
    """Prefix of the name, deletion protection."""
    mfa: NotRequired[Annotated[str, AlsoCalled(("mfa_configuration",)), MFA]]
    """`ON`, or `OPTIONAL` where users sign in who have no authenticator. Default ON."""


class UserDirectory(Component):
    """A directory of invited users; its ID tokens name the tenant.

    Example:
        users = UserDirectory("users", {"boundary": boundary.args})
    """

    NAMES = (("{prefix}-{name}", cognito.UserPool), ("{name}-client", cognito.UserPoolClient))

    issuer: Output[str]
    """What tokens say in `iss`."""
    audience: Output[str]
    """What tokens say in `aud`: the client's id."""
    jwks_url: Output[str]
    """Where the signing keys are published."""

    def __init__(
        self, name: str, args: UserDirectoryArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, UserDirectoryArgs)
        self._boundary = boundary_of(self._args["boundary"])
        super().__init__(name, opts, boundary=self._boundary)

        self.pool = self._pool()
        self.client = self._client()

        self.issuer = Output.concat("https://", self.pool.endpoint)
        self.audience = self.client.id
        self.jwks_url = Output.concat(self.issuer, "/.well-known/jwks.json")
        self.register_outputs()

    def _pool(self) -> cognito.UserPool:
        return self.child(
            cognito.UserPool,
            "",
            name=prefixed(self._boundary, self._name),
            # Threat protection needs the Plus tier.
            # https://docs.aws.amazon.com/cognito/latest/developerguide/feature-plans-features-plus.html
            user_pool_tier="PLUS",
            user_pool_add_ons={"advanced_security_mode": "ENFORCED"},
            # Somebody who signs up alone would choose the tenant.
            admin_create_user_config={"allow_admin_create_user_only": True},
            password_policy={
                "minimum_length": MIN_PASSWORD_LENGTH,
                "require_lowercase": True,
                "require_uppercase": True,
                "require_numbers": True,
                "require_symbols": True,
                "temporary_password_validity_days": 1,
            },
            mfa_configuration=self._args.get("mfa", "ON"),
            software_token_mfa_configuration={"enabled": True},
            schemas=[
                {
                    "name": TENANT_ATTRIBUTE,
                    "attribute_data_type": "String",
                    "mutable": False,
                    "string_attribute_constraints": {
                        "min_length": "1",
                        "max_length": str(MAX_TENANT_LENGTH),
                    },
                }
            ],
            deletion_protection=is_protected(self._boundary).apply(
                lambda protected: "ACTIVE" if protected else "INACTIVE"
            ),
        )

    def _client(self) -> cognito.UserPoolClient:
        return self.child(
            cognito.UserPoolClient,
            "client",
            user_pool_id=self.pool.id,
            # SRP for people, the admin flow for operators and tests; never a plain password.
            explicit_auth_flows=[
                "ALLOW_USER_SRP_AUTH",
                "ALLOW_REFRESH_TOKEN_AUTH",
                "ALLOW_ADMIN_USER_PASSWORD_AUTH",
            ],
            prevent_user_existence_errors="ENABLED",
            enable_token_revocation=True,
            id_token_validity=TOKEN_MINUTES,
            access_token_validity=TOKEN_MINUTES,
            token_validity_units={"id_token": TOKEN_UNIT, "access_token": TOKEN_UNIT},
            read_attributes=[TENANT_CLAIM],
            # Without the tenant: a user must not move to another one.
            write_attributes=["name"],
        )
