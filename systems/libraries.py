"""The image functions that carry the heavy libraries; systems get what they name.

Creates, each when first asked for:
    <name>-docling, -ocr, -sentence-transformer, -pinecone, -neo4j   ImageLambda
    <name>-openai or -anthropic                                      ImageLambda
    <name>-<service>-key   SecureSecret   what opens the service behind it
"""

from functools import cached_property

import pulumi
from pulumi import Input

from pulumi_rampart.boundary.security_boundary import SecurityBoundary
from pulumi_rampart.functions.image_lambda import ImageLambda, ImageLambdaArgs
from pulumi_rampart.permission import Permission
from pulumi_rampart.stores.secret import SecureSecret, SecureSecretArgs
from systems.settings import StackSettings

# Each serves several functions; a stuck one must not take the account's whole concurrency.
CONCURRENCY = 20


class Libraries(pulumi.ComponentResource):
    """Library functions that all systems share.

    They read and leave content in the stores of their callers, so the stores say what is allowed:
    `content` holds a store's permissions by the library's name.
    """

    def __init__(
        self,
        name: str,
        boundary: SecurityBoundary,
        settings: StackSettings,
        *,
        content: list[dict[str, list[Permission]]],
    ) -> None:
        super().__init__("rampart:systems:Libraries", name, None, None)
        self._name, self._boundary, self._settings = name, boundary, settings
        self._content = content
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
            {"MODEL_NAME": self._settings.embedding_model},
            timeout_seconds=120,
            memory_mib=3008,
        )

    @cached_property
    def pinecone(self) -> ImageLambda:
        """The vector store."""
        secret = self._secret("pinecone", "Pinecone API key", self._settings.pinecone_api_key)
        return self._function(
            "pinecone",
            {
                "PINECONE_SECRET_ARN": secret.arn,
                "PINECONE_INDEX": self._settings.pinecone_index,
                "PINECONE_CONTROL_URL": self._settings.pinecone_control_url,
                "VECTOR_DIMENSION": str(self._settings.vector_dimension),
            },
            secret=secret,
        )

    @cached_property
    def neo4j(self) -> ImageLambda:
        """The graph."""
        secret = self._secret(
            "neo4j", "Neo4j login as JSON: username, password", self._settings.neo4j_login
        )
        return self._function(
            "neo4j",
            {
                "NEO4J_SECRET_ARN": secret.arn,
                "NEO4J_URI": self._settings.neo4j_uri,
                "NEO4J_DATABASE": self._settings.neo4j_database,
            },
            secret=secret,
        )

    @cached_property
    def answerer(self) -> ImageLambda:
        """The model that answers from passages; which one is configuration."""
        settings = self._settings
        if settings.answerer == "anthropic":
            secret = self._secret("anthropic", "Anthropic API key", settings.anthropic_api_key)
            return self._function(
                "anthropic",
                {
                    "ANTHROPIC_SECRET_ARN": secret.arn,
                    "ANTHROPIC_MODEL": settings.anthropic_model,
                    "ANTHROPIC_BASE_URL": settings.anthropic_base_url,
                },
                secret=secret,
            )
        secret = self._secret("openai", "OpenAI API key", settings.openai_api_key)
        return self._function(
            "openai",
            {
                "OPENAI_SECRET_ARN": secret.arn,
                "OPENAI_MODEL": settings.openai_model,
                "OPENAI_BASE_URL": settings.openai_base_url,
            },
            secret=secret,
        )

    def _secret(self, service: str, description: str, value: Input[str] | None) -> SecureSecret:
        name = f"{self._name}-{service}-key"
        args: SecureSecretArgs = {
            "boundary": self._boundary.args,
            "description": description,
            "issued_by": service,
        }
        if value is not None:
            args["value"] = value
        return SecureSecret(name, args, self._child)

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
            "boundary": self._boundary.args,
            "source": f"runtime/libraries/{library.replace('-', '_')}",
            "environment": environment or {},
            "permissions": [
                *(p for store in self._content for p in store.get(library, [])),
                *([secret.read()] if secret else []),
            ],
            "timeout_seconds": timeout_seconds,
            "memory_mib": memory_mib,
            "ephemeral_storage_mib": storage_mib,
            "reserved_concurrency": CONCURRENCY,
            # Those with a key call the service that it opens; the others call nobody.
            "egress": secret is not None,
        }
        return ImageLambda(f"{self._name}-{library}", args, self._child)
