"""What a stack's configuration decides about library functions.

A library's keys are read when a system first asks for it: a stack without that system needs none.
"""

from functools import cached_property

import pulumi
from pulumi import Output

from systems.configuration import one_of
from systems.destinations import Destination, destination

# Every index has a host name of its own below this domain.
PINECONE = Destination(".pinecone.io")
# Who can answer, by default with which model and where.
ANSWERERS = {
    "openai": ("gpt-5.4-mini", "https://api.openai.com"),
    "anthropic": ("claude-haiku-4-5", "https://api.anthropic.com"),
}


class EmbeddingSettings:
    """Texts to vectors."""

    def __init__(self, config: pulumi.Config) -> None:
        self.model = config.get("embeddingModel") or "all-MiniLM-L6-v2"


class PineconeSettings:
    """The vector store."""

    def __init__(self, config: pulumi.Config) -> None:
        self.index = config.get("pineconeIndex") or "rampart"
        self.control_url = config.get("pineconeControlUrl") or ""
        self.api_key = config.get_secret("pineconeApiKey")
        self.vector_dimension = config.get_int("vectorDimension") or 384
        self.destination = (
            destination("pineconeControlUrl", self.control_url) if self.control_url else PINECONE
        )


class Neo4jSettings:
    """The graph; a stack that uses it has to say where it is."""

    def __init__(self, config: pulumi.Config) -> None:
        self.uri = config.require("neo4jUri")
        self.database = config.get("neo4jDatabase") or "neo4j"
        username = config.get("neo4jUsername") or "neo4j"
        password = config.get_secret("neo4jPassword")
        self.login: Output[str] | None = (
            None
            if password is None
            else Output.json_dumps({"username": username, "password": password})
        )
        self.destination = destination("neo4jUri", self.uri)


class AnswererSettings:
    """The model that answers from passages; the other provider's keys are not read."""

    def __init__(self, config: pulumi.Config) -> None:
        self.provider = one_of(config, "answerer", tuple(ANSWERERS))
        model, url = ANSWERERS[self.provider]
        self.model = config.get(f"{self.provider}Model") or model
        self.base_url = config.get(f"{self.provider}BaseUrl") or ""
        self.api_key = config.get_secret(f"{self.provider}ApiKey")
        self.destination = destination(f"{self.provider}BaseUrl", self.base_url or url)


class LibrarySettings:
    """The settings of each library that has any."""

    def __init__(self, config: pulumi.Config) -> None:
        self._config = config

    @cached_property
    def embedding(self) -> EmbeddingSettings:
        """Of sentence-transformer."""
        return EmbeddingSettings(self._config)

    @cached_property
    def pinecone(self) -> PineconeSettings:
        """Of the vector store."""
        return PineconeSettings(self._config)

    @cached_property
    def neo4j(self) -> Neo4jSettings:
        """Of the graph."""
        return Neo4jSettings(self._config)

    @cached_property
    def answerer(self) -> AnswererSettings:
        """Of openai or anthropic."""
        return AnswererSettings(self._config)
