"""Who calls: the directory, or an issuer of the operator's choice, and the authorizer.

Creates, in order:
    <name>-users       UserDirectory   unless the configuration names an OIDC issuer
    <name>-authorizer  ZipLambda       checks tokens and names the tenant
"""

import pulumi
from pulumi import Input

from pulumi_rampart.boundary.security_boundary import SecurityBoundary
from pulumi_rampart.functions.zip_lambda import ZipLambda
from pulumi_rampart.identity.user_directory import TENANT_CLAIM, UserDirectory
from systems.settings import StackSettings


class Identity(pulumi.ComponentResource):
    """The token check that the APIs of all systems share."""

    def __init__(self, name: str, boundary: SecurityBoundary, settings: StackSettings) -> None:
        super().__init__("rampart:systems:Identity", name, None, None)
        self._name, self._boundary, self._settings = name, boundary, settings
        self._child = pulumi.ResourceOptions(parent=self)

        self.users = self._users()
        self.authorizer = self._authorizer(self._variables())

        self.register_outputs({})

    def _users(self) -> UserDirectory | None:
        if self._settings.oidc_issuer:
            return None
        return UserDirectory(
            f"{self._name}-users",
            {"boundary": self._boundary.args, "mfa": self._settings.mfa},
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
        settings = self._settings
        wanted = {
            "ISSUER": ("oidcIssuer", settings.oidc_issuer),
            "AUDIENCE": ("oidcAudience", settings.oidc_audience),
            "JWKS_URL": ("oidcJwksUrl", settings.oidc_jwks_url),
            "TENANT_CLAIM": ("oidcTenantClaim", settings.oidc_tenant_claim),
        }
        missing = [f"rampart:{key}" for key, value in wanted.values() if not value]
        if missing:
            raise ValueError(
                f"rampart:oidcIssuer needs {', '.join(missing)} too; set them, or remove "
                "oidcIssuer to use a Cognito user pool."
            )
        return {variable: value or "" for variable, (_, value) in wanted.items()}

    def _authorizer(self, variables: dict[str, Input[str]]) -> ZipLambda:
        return ZipLambda(
            f"{self._name}-authorizer",
            {
                "boundary": self._boundary.args,
                "description": "Checks bearer tokens and names the caller's tenant",
                "source": "runtime/identity/jwt_authorizer",
                "include": ["runtime/shared"],
                "environment": variables,
                "timeout_seconds": 10,
                "reserved_concurrency": 50,
                "egress": True,  # the issuer's keys
            },
            self._child,
        )
