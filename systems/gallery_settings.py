"""What a stack's configuration decides about Gallery: its database and its models."""

import pulumi

VISION_PROVIDERS = ("local", "anthropic", "openai")
EMBEDDING_PROVIDERS = ("sentence-transformer", "voyage")


class GallerySettings:
    """Reads `Pulumi.<stack>.yaml`; every key is described there."""

    def __init__(self, config: pulumi.Config) -> None:
        self.database_host = config.get("databaseHost")
        self.database_port = config.get("databasePort")
        self.database_name = config.get("databaseName") or "gallery"
        self.database_admin = config.get("databaseAdmin")
        self.database_admin_password = config.get_secret("databaseAdminPassword")
        self.database_certificate_authority = config.get("databaseCertificateAuthority")
        self.database_min_capacity = _or(config.get_float("databaseMinCapacity"), 0.5)
        self.database_max_capacity = _or(config.get_float("databaseMaxCapacity"), 4.0)
        self.database_proxy = config.get_bool("databaseProxy") or False
        self.max_image_bytes = config.get_int("maxImageBytes") or 20 * 1024 * 1024
        self.vision_provider = one_of(config, "visionProvider", VISION_PROVIDERS)
        self.vision_model = config.get("visionModel") or ""
        self.vision_base_url = config.get("visionBaseUrl") or ""
        self.vision_key = config.get_secret("visionApiKey")
        self.embedding_provider = one_of(config, "embeddingProvider", EMBEDDING_PROVIDERS)
        self.vector_dimension = config.get_int("galleryVectorDimension") or 384
        self.voyage_model = config.get("voyageModel") or "voyage-3.5"
        self.voyage_base_url = config.get("voyageBaseUrl") or ""
        self.embedding_key = config.get_secret("voyageApiKey")


def one_of(config: pulumi.Config, key: str, allowed: tuple[str, ...]) -> str:
    """Return the configured word, by default the first allowed one."""
    value = config.get(key) or allowed[0]
    if value not in allowed:
        raise ValueError(f"rampart:{key} is {value!r}; allowed are {', '.join(allowed)}.")
    return value


def _or(value: float | None, default: float) -> float:
    return default if value is None else value
