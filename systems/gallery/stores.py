"""What Gallery keeps: pictures, what was seen on them, and the keys of the models that look.

Creates, in order:
    <name>-pictures       SecureBucket      originals and thumbnails, announced on the default bus
    <name>-database       VectorDatabase    items, analyses, embeddings
    <name>-owner, -app    SecureSecret      logins, where the stack names a server of its own
    <name>-authority      SecureParameter   what a server outside RDS chains to, if it is named
    <name>-vision-key, -embedding-key   SecureParameter   keys of models outside AWS, if any is used
"""

import hashlib

import pulumi
from pulumi import Input, Output

from pulumi_rampart import (
    Boundary,
    Permission,
    SecureBucket,
    SecureParameter,
    SecureParameterArgs,
    SecureSecret,
    VectorDatabase,
)
from pulumi_rampart.stores.vector_database import PORT
from systems.gallery.settings import GallerySettings

APP_USER = "gallery_app"


class GalleryStores(pulumi.ComponentResource):
    """No child of the system: its stores outlive its functions, and keep their URNs."""

    def __init__(
        self, name: str, boundary: Boundary, settings: GallerySettings, origins: list[str]
    ) -> None:
        """`origins`: web origins whose pages upload."""
        super().__init__("rampart:systems:GalleryStores", name, None, None)
        self._name, self._boundary = name, boundary
        self._settings, self._origins = settings, origins
        self._child = pulumi.ResourceOptions(parent=self)

        self.pictures = self._pictures()
        self.database = self._database()
        self.owner, self.app = self._logins()
        self.authority = self._authority()
        # Models that run here have no key, and Parameter Store then needs no endpoint either.
        self.vision_key = (
            None
            if settings.vision_provider == "local"
            else self._parameter("vision-key", "API key of the vision model", settings.vision_key)
        )
        self.embedding_key = (
            None
            if settings.embedding_provider == "sentence-transformer"
            else self._parameter(
                "embedding-key", "API key of the embedding model", settings.embedding_key
            )
        )

        self.register_outputs({})

    def login(self, *, owner: bool = False) -> dict[str, Input[str]]:
        """Return the variables by which a function finds the database and logs in."""
        settings = self._settings
        secret = self.owner if owner else self.app
        if secret:
            secret_arn: Input[str] = secret.arn
        else:
            secret_arn = self.database.master_secret_arn if owner else ""
        host = self.database.owner_host if owner else self.database.host
        return {
            "DATABASE_HOST": settings.database_host or host,
            "DATABASE_PORT": settings.database_port or str(PORT),
            "DATABASE_NAME": settings.database_name,
            "DATABASE_USER": (settings.database_admin or "owner") if owner else APP_USER,
            "DATABASE_SECRET_ARN": secret_arn,
            # Empty: the bundle of RDS that the functions carry.
            "DATABASE_CA_PARAMETER": self.authority.parameter if self.authority else "",
        }

    def connect(self, *, owner: bool = False) -> list[Permission]:
        """Return what logging in takes."""
        secret = self.owner if owner else self.app
        if secret:
            permission = secret.read()
        elif owner:
            permission = self.database.own()
        else:
            permission = self.database.connect(APP_USER)
        return [permission, *([self.authority.read()] if self.authority else [])]

    def _authority(self) -> SecureParameter | None:
        pem = self._settings.database_certificate_authority
        if pem is None:
            return None
        return self._parameter("authority", "PEM of the database's certificate authority", pem)

    def _pictures(self) -> SecureBucket:
        return SecureBucket(
            f"{self._name}-pictures",
            {
                "boundary": self._boundary,
                "events": True,
                # No archive: an original has to be shown whenever somebody asks. Thumbnails stay
                # as long as their image does; replaced and deleted ones go as old versions.
                "intelligent_tiering": True,
                "cors_origins": self._origins,
            },
            self._child,
        )

    def _database(self) -> VectorDatabase:
        return VectorDatabase(
            f"{self._name}-database",
            {
                "boundary": self._boundary,
                "database": self._settings.database_name,
                "min_capacity": self._settings.database_min_capacity,
                "max_capacity": self._settings.database_max_capacity,
                "proxy_users": [APP_USER] if self._settings.database_proxy else [],
            },
            self._child,
        )

    def _logins(self) -> tuple[SecureSecret | None, SecureSecret | None]:
        """Keep passwords only where there is no IAM login: on a server outside RDS."""
        password = self._settings.database_admin_password
        if not self._settings.database_host or password is None:
            return None, None
        # Two logins from one secret: the owner's password cannot be computed from the other.
        app_password = password.apply(
            lambda value: hashlib.sha256(f"{APP_USER}:{value}".encode()).hexdigest()
        )
        admin = self._settings.database_admin or "owner"
        return (
            self._secret("owner", "Login of the database's owner", admin, password),
            self._secret("app", "Login of the functions", APP_USER, app_password),
        )

    def _secret(
        self, part: str, description: str, user: str, password: Output[str]
    ) -> SecureSecret:
        return SecureSecret(
            f"{self._name}-{part}",
            {
                "boundary": self._boundary,
                "description": description,
                "issued_by": "database",
                "value": Output.json_dumps({"username": user, "password": password}),
            },
            self._child,
        )

    def _parameter(self, part: str, description: str, value: Input[str] | None) -> SecureParameter:
        args: SecureParameterArgs = {
            "boundary": self._boundary,
            "path": f"{self._name}/{part}",
            "description": description,
        }
        if value is not None:
            args["value"] = value
        return SecureParameter(f"{self._name}-{part}", args, self._child)
