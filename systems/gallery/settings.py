"""What a stack's configuration decides about Gallery: its database and its models."""

from pathlib import Path

import pulumi

from systems.configuration import number, one_of
from systems.destinations import destination
from systems.library_settings import LibrarySettings

VISION_PROVIDERS = ("local", "anthropic", "openai")
EMBEDDING_PROVIDERS = ("sentence-transformer", "voyage")
# Where the models are that are called without a library function; the others call nobody.
_URLS = {
    "anthropic": "https://api.anthropic.com",
    "openai": "https://api.openai.com",
    "voyage": "https://api.voyageai.com",
}


BUNDLE = Path(__file__).parents[2] / "runtime" / "gallery" / "shared" / "rds-bundle.pem"


def check_authority(region: str | None, settings: "GallerySettings") -> None:
    """Refuse a region of RDS whose authority the functions do not carry.

    Raises:
        ValueError: says what to do.
    """
    if region is None or settings.database_host or settings.database_certificate_authority:
        return
    if f"Amazon RDS {region} Root CA" not in BUNDLE.read_text():
        raise ValueError(
            f"runtime/gallery/shared/{BUNDLE.name} has no certificate authority of region "
            f"{region}; add those of https://truststore.pki.rds.amazonaws.com/{region}/"
            f"{region}-bundle.pem to it, or set rampart:databaseCertificateAuthority."
        )


class GallerySettings:
    """Reads `Pulumi.<stack>.yaml`; every key is described there."""

    def __init__(self, config: pulumi.Config, libraries: LibrarySettings) -> None:
        del libraries  # those it uses call nobody outside AWS
        self.database_host = config.get("databaseHost")
        self.database_port = config.get("databasePort")
        self.database_name = config.get("databaseName") or "gallery"
        self.database_admin = config.get("databaseAdmin")
        self.database_admin_password = config.get_secret("databaseAdminPassword")
        self.database_certificate_authority = config.get("databaseCertificateAuthority")
        check_authority(pulumi.Config("aws").get("region"), self)
        self.database_min_capacity = number(config, "databaseMinCapacity", 0.5)
        self.database_max_capacity = number(config, "databaseMaxCapacity", 4.0)
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
        self.destinations = tuple(
            destination(key, own or _URLS[provider])
            for provider, key, own in (
                (self.vision_provider, "visionBaseUrl", self.vision_base_url),
                (self.embedding_provider, "voyageBaseUrl", self.voyage_base_url),
            )
            if provider in _URLS
        )
