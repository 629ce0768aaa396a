"""The image functions that carry the heavy libraries; systems get what they name.

Creates, each when first asked for:
    <name>-docling, -ocr, -sentence-transformer, -pinecone, -neo4j   ImageLambda
    <name>-openai or -anthropic                                      ImageLambda
    <name>-<service>-key   SecureSecret   what opens the service behind it
"""

from collections.abc import Collection
from functools import cached_property

import pulumi
from pulumi import Input

from pulumi_rampart import Boundary, ImageLambda, ImageLambdaArgs, SecureSecret, SecureSecretArgs
from systems.destinations import Destination, named
from systems.library_settings import LibrarySettings


class Libraries(pulumi.ComponentResource):
    """Library functions that all systems share.

    They have no permission on any bucket or table: callers send content, or signed URLs of their
    own objects (`runtime/shared/contracts/content.py`). So a system can be added without touching
    them, and none of them knows who calls.
    """

    def __init__(
        self,
        name: str,
        boundary: Boundary,
        settings: LibrarySettings,
        reachable: Collection[Destination],
    ) -> None:
        """`reachable`: the hosts that the boundary lets through."""
        super().__init__("rampart:systems:Libraries", name, None, None)
        self._name, self._boundary, self._settings = name, boundary, settings
        self._reachable = reachable
        self._child = pulumi.ResourceOptions(parent=self)
        self.register_outputs({})

    @cached_property
    def docling(self) -> ImageLambda:
        """Documents to markdown and chunks."""
        return self._function("docling", timeout_seconds=300, memory_mib=4096, storage_mib=2048)

    @cached_property
    def ocr(self) -> ImageLambda:
        """Visible text of images."""
        return self._function("ocr", timeout_seconds=120, memory_mib=2048)

    @cached_property
    def sentence_transformer(self) -> ImageLambda:
        """Texts to vectors."""
        return self._function(
            "sentence-transformer",
            {"MODEL_NAME": self._settings.embedding.model},
            timeout_seconds=120,
            memory_mib=3008,
        )

    @cached_property
    def pinecone(self) -> ImageLambda:
        """The vector store."""
        settings = self._settings.pinecone
        secret = self._secret("pinecone", "Pinecone API key", settings.api_key)
        return self._service(
            "pinecone",
            {
                "PINECONE_SECRET_ARN": secret.arn,
                "PINECONE_INDEX": settings.index,
                "PINECONE_CONTROL_URL": settings.control_url,
                "VECTOR_DIMENSION": str(settings.vector_dimension),
            },
            secret,
            settings.destination,
        )

    @cached_property
    def neo4j(self) -> ImageLambda:
        """The graph."""
        settings = self._settings.neo4j
        secret = self._secret("neo4j", "Neo4j login as JSON: username, password", settings.login)
        return self._service(
            "neo4j",
            {
                "NEO4J_SECRET_ARN": secret.arn,
                "NEO4J_URI": settings.uri,
                "NEO4J_DATABASE": settings.database,
            },
            secret,
            settings.destination,
        )

    @cached_property
    def answerer(self) -> ImageLambda:
        """The model that answers from passages; which one is configuration."""
        settings = self._settings.answerer
        company = {"openai": "OpenAI", "anthropic": "Anthropic"}[settings.provider]
        secret = self._secret(settings.provider, f"{company} API key", settings.api_key)
        prefix = settings.provider.upper()
        return self._service(
            settings.provider,
            {
                f"{prefix}_SECRET_ARN": secret.arn,
                f"{prefix}_MODEL": settings.model,
                f"{prefix}_BASE_URL": settings.base_url,
            },
            secret,
            settings.destination,
        )

    def _secret(self, service: str, description: str, value: Input[str] | None) -> SecureSecret:
        args: SecureSecretArgs = {
            "boundary": self._boundary,
            "description": description,
            "issued_by": service,
        }
        if value is not None:
            args["value"] = value
        return SecureSecret(f"{self._name}-{service}-key", args, self._child)

    def _service(
        self,
        library: str,
        environment: dict[str, Input[str]],
        secret: SecureSecret,
        destination: Destination,
    ) -> ImageLambda:
        """Make a function that calls a service outside AWS with a key."""
        if not named([destination]) <= set(self._reachable):
            raise ValueError(
                f"library {library} calls {destination.domain}:{destination.port}, which the"
                " boundary does not let through: the settings of the system that uses the library"
                " have to list it in `destinations`."
            )
        return self._function(library, environment, secret=secret)

    def _function(
        self,
        library: str,
        environment: dict[str, Input[str]] | None = None,
        *,
        secret: SecureSecret | None = None,
        timeout_seconds: int = 30,
        memory_mib: int = 512,
        storage_mib: int = 512,
    ) -> ImageLambda:
        args: ImageLambdaArgs = {
            "boundary": self._boundary,
            "source": f"runtime/libraries/{library.replace('-', '_')}",
            "environment": environment or {},
            "permissions": [secret.read()] if secret else [],
            "timeout_seconds": timeout_seconds,
            "memory_mib": memory_mib,
            "ephemeral_storage_mib": storage_mib,
            # Those with a key call the service that it opens; the others call nobody.
            "egress": secret is not None,
        }
        return ImageLambda(f"{self._name}-{library}", args, self._child)
