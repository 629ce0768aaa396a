"""Who calls: the directory, or an issuer of the operator's choice, and the authorizer.

Creates, in order:
    <name>-users       UserDirectory   unless the configuration names an OIDC issuer
    <name>-authorizer  ZipLambda       checks tokens and names the tenant
"""

import pulumi
from pulumi import Input

from pulumi_rampart import Boundary, UserDirectory, ZipLambda
from pulumi_rampart.identity.user_directory import TENANT_CLAIM
from systems.destinations import destination

# The authorizer's variables, and the keys that they come from with an issuer of one's own.
OIDC_KEYS = {
    "ISSUER": "oidcIssuer",
    "AUDIENCE": "oidcAudience",
    "JWKS_URL": "oidcJwksUrl",
    "TENANT_CLAIM": "oidcTenantClaim",
}


class IdentitySettings:
    """Reads `Pulumi.<stack>.yaml`; every key is described there.

    Raises:
        ValueError: an issuer is described by halves; the message names what is missing.
    """

    def __init__(self, config: pulumi.Config, region: str) -> None:
        self.mfa = config.get("mfa") or "ON"
        found = {variable: config.get(key) or "" for variable, key in OIDC_KEYS.items()}
        self.issuer = found if found["ISSUER"] else None
        """The variables of an issuer of the operator's own, or None for a user pool."""
        missing = [f"rampart:{OIDC_KEYS[variable]}" for variable in found if not found[variable]]
        if self.issuer and missing:
            raise ValueError(
                f"rampart:oidcIssuer needs {', '.join(missing)} too; set them, or remove "
                "oidcIssuer to use a Cognito user pool."
            )
        keys_url = (
            found["JWKS_URL"] if self.issuer else f"https://cognito-idp.{region}.amazonaws.com"
        )
        self.destinations = (destination("oidcJwksUrl", keys_url),)


class Identity(pulumi.ComponentResource):
    """The token check that the APIs of all systems share."""

    def __init__(self, name: str, boundary: Boundary, settings: IdentitySettings) -> None:
        super().__init__("rampart:systems:Identity", name, None, None)
        self._name, self._boundary, self._settings = name, boundary, settings
        self._child = pulumi.ResourceOptions(parent=self)

        self.users = self._users()
        self.authorizer = self._authorizer(self._variables())

        self.register_outputs({})

    def _users(self) -> UserDirectory | None:
        if self._settings.issuer:
            return None
        return UserDirectory(
            f"{self._name}-users",
            {"boundary": self._boundary, "mfa": self._settings.mfa},
            self._child,
        )

    def _variables(self) -> dict[str, Input[str]]:
        if self.users:
            return {
                "ISSUER": self.users.issuer,
                "AUDIENCE": self.users.audience,
                "JWKS_URL": self.users.jwks_url,
                "TENANT_CLAIM": TENANT_CLAIM,
            }
        return {**(self._settings.issuer or {})}

    def _authorizer(self, variables: dict[str, Input[str]]) -> ZipLambda:
        return ZipLambda(
            f"{self._name}-authorizer",
            {
                "boundary": self._boundary,
                "description": "Checks bearer tokens and names the caller's tenant",
                "source": "runtime/identity/jwt_authorizer",
                "include": ["runtime/shared"],
                "environment": variables,
                "timeout_seconds": 10,
                "egress": True,  # the issuer's keys
            },
            self._child,
        )
