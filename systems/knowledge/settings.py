"""What a stack's configuration decides about Knowledge."""

import pulumi

from systems.library_settings import LibrarySettings


class KnowledgeSettings:
    """Reads `Pulumi.<stack>.yaml`; every key is described there."""

    def __init__(self, config: pulumi.Config, libraries: LibrarySettings) -> None:
        self.max_upload_bytes = config.get_int("maxUploadBytes") or 50 * 1024 * 1024
        self.destinations = (
            libraries.pinecone.destination,
            libraries.neo4j.destination,
            libraries.answerer.destination,
        )
