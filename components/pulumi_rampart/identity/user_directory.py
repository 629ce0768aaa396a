"""Who may call: a Cognito user pool whose users each belong to one tenant.

Creates, in order:
    <name>         aws.cognito.UserPool         users are invited, passwords long, tenant fixed
    <name>-client  aws.cognito.UserPoolClient   the application; users cannot change their tenant
"""

from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
from pulumi import Output
from pulumi_aws import cognito

from pulumi_rampart._arguments import require_one_of
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.security_boundary import Boundary

# The tenant is an attribute of the user; in tokens it is the claim `custom:tenant`.
TENANT_ATTRIBUTE = "tenant"
TENANT_CLAIM = f"custom:{TENANT_ATTRIBUTE}"
# As the authorizer demands of a tenant's name.
MAX_TENANT_LENGTH = 63
MIN_PASSWORD_LENGTH = 14
TOKEN_MINUTES, TOKEN_UNIT = 60, "minutes"


class UserDirectoryArgs(TypedDict):
    """What a deployment decides about its directory."""

    boundary: Boundary
    """The wall: deletion protection."""
    mfa: NotRequired[str]
    """`ON`, or `OPTIONAL` where users sign in who have no authenticator. Default ON."""


@dataclass(frozen=True, kw_only=True)
class UserDirectoryTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    pool: Transform[cognito.UserPoolArgs] = unchanged
    client: Transform[cognito.UserPoolClientArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class UserDirectoryNodes:
    """The raw resources."""

    pool: cognito.UserPool
    client: cognito.UserPoolClient


class UserDirectory(pulumi.ComponentResource):
    """A directory of invited users; its ID tokens name the tenant.

    Example:
        users = UserDirectory("users", {"boundary": boundary.args})
    """

    issuer: Output[str]
    """What tokens say in `iss`."""
    audience: Output[str]
    """What tokens say in `aud`: the client's id."""
    jwks_url: Output[str]
    """Where the signing keys are published."""

    def __init__(
        self,
        name: str,
        args: UserDirectoryArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: UserDirectoryTransforms = UserDirectoryTransforms(),
    ) -> None:
        super().__init__("rampart:index:UserDirectory", name, None, opts)
        self._mfa = args.get("mfa", "ON")
        require_one_of(f"{name}.mfa", self._mfa, ("ON", "OPTIONAL"), "a password alone is stolen.")
        self._name, self._transforms = name, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        pool = self._pool()
        client = self._client(pool)

        self.nodes = UserDirectoryNodes(pool=pool, client=client)
        self.issuer = Output.concat("https://", pool.endpoint)
        self.audience = client.id
        self.jwks_url = Output.concat(self.issuer, "/.well-known/jwks.json")
        self.register_outputs(
            {"issuer": self.issuer, "audience": self.audience, "jwksUrl": self.jwks_url}
        )

    def _pool(self) -> cognito.UserPool:
        args = cognito.UserPoolArgs(
            name=f"{self._boundary['prefix']}-{self._name}",
            # Threat protection needs the Plus tier.
            # https://docs.aws.amazon.com/cognito/latest/developerguide/feature-plans-features-plus.html
            user_pool_tier="PLUS",
            user_pool_add_ons=cognito.UserPoolUserPoolAddOnsArgs(advanced_security_mode="ENFORCED"),
            admin_create_user_config=cognito.UserPoolAdminCreateUserConfigArgs(
                # Somebody who signs up alone would choose the tenant.
                allow_admin_create_user_only=True
            ),
            password_policy=cognito.UserPoolPasswordPolicyArgs(
                minimum_length=MIN_PASSWORD_LENGTH,
                require_lowercase=True,
                require_uppercase=True,
                require_numbers=True,
                require_symbols=True,
                temporary_password_validity_days=1,
            ),
            mfa_configuration=self._mfa,
            software_token_mfa_configuration=cognito.UserPoolSoftwareTokenMfaConfigurationArgs(
                enabled=True
            ),
            schemas=[
                cognito.UserPoolSchemaArgs(
                    name=TENANT_ATTRIBUTE,
                    attribute_data_type="String",
                    mutable=False,
                    string_attribute_constraints=cognito.UserPoolSchemaStringAttributeConstraintsArgs(
                        min_length="1", max_length=str(MAX_TENANT_LENGTH)
                    ),
                )
            ],
            deletion_protection="ACTIVE" if self._boundary["deletion_protection"] else "INACTIVE",
        )
        self._transforms.pool(args)
        return cognito.UserPool(self._name, args, opts=self._child)

    def _client(self, pool: cognito.UserPool) -> cognito.UserPoolClient:
        args = cognito.UserPoolClientArgs(
            user_pool_id=pool.id,
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
            token_validity_units=cognito.UserPoolClientTokenValidityUnitsArgs(
                id_token=TOKEN_UNIT, access_token=TOKEN_UNIT
            ),
            read_attributes=[TENANT_CLAIM],
            # Without the tenant: a user must not move to another one.
            write_attributes=["name"],
        )
        self._transforms.client(args)
        return cognito.UserPoolClient(f"{self._name}-client", args, opts=self._child)
