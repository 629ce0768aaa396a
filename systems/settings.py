"""What a stack's configuration decides, typed and with its defaults in one place."""

from urllib.parse import urlsplit

import pulumi
from pulumi import Output

from pulumi_rampart.boundary.security_boundary import SecurityBoundaryArgs
from systems.gallery_settings import GallerySettings, one_of

SYSTEMS = ("knowledge", "gallery")
ANSWERERS = ("openai", "anthropic")
HTTPS, BOLT = 443, 7687
MODEL_URLS = {
    "openai": "https://api.openai.com",
    "anthropic": "https://api.anthropic.com",
    "voyage": "https://api.voyageai.com",
}


class StackSettings:
    """Reads `Pulumi.<stack>.yaml`; every key is described there."""

    def __init__(self) -> None:
        config = pulumi.Config("rampart")
        self._systems = list[str](config.require_object("systems"))
        unknown = sorted(set(self._systems) - set(SYSTEMS))
        if unknown:
            raise ValueError(
                f"rampart:systems names {', '.join(unknown)}; allowed are {', '.join(SYSTEMS)}."
            )
        self.availability_zones = config.get_int("availabilityZones") or 2
        self.log_retention_days = config.get_int("logRetentionDays") or 365
        self.deletion_protection = config.get_bool("deletionProtection") is not False
        self.data_class = config.get("dataClass") or "internal"
        self.alarm_emails = list[str](config.get_object("alarmEmails") or [])
        self.allowed_origin = config.get("allowedOrigin")
        self.api_clients = list[str](config.get_object("apiClients") or [])
        self.max_upload_bytes = config.get_int("maxUploadBytes") or 50 * 1024 * 1024
        self.mfa = config.get("mfa") or "ON"
        self.oidc_issuer = config.get("oidcIssuer")
        self.oidc_audience = config.get("oidcAudience")
        self.oidc_jwks_url = config.get("oidcJwksUrl")
        self.oidc_tenant_claim = config.get("oidcTenantClaim")
        self.answerer = one_of(config, "answerer", ANSWERERS)
        self.openai_model = config.get("openaiModel") or "gpt-5.4-mini"
        self.openai_base_url = config.get("openaiBaseUrl") or ""
        self.openai_api_key = config.get_secret("openaiApiKey")
        self.anthropic_model = config.get("anthropicModel") or "claude-haiku-4-5"
        self.anthropic_base_url = config.get("anthropicBaseUrl") or ""
        self.anthropic_api_key = config.get_secret("anthropicApiKey")
        self.embedding_model = config.get("embeddingModel") or "all-MiniLM-L6-v2"
        self.vector_dimension = config.get_int("vectorDimension") or 384
        self.pinecone_index = config.get("pineconeIndex") or "rampart"
        self.pinecone_control_url = config.get("pineconeControlUrl") or ""
        self.pinecone_api_key = config.get_secret("pineconeApiKey")
        self.neo4j_uri = config.require("neo4jUri")
        self.neo4j_database = config.get("neo4jDatabase") or "neo4j"
        self.neo4j_login = _login(
            config.get("neo4jUsername") or "neo4j", config.get_secret("neo4jPassword")
        )
        self.gallery = GallerySettings(config)
        self._region = pulumi.Config("aws").require("region")

    def runs(self, system: str) -> bool:
        """Tell whether the stack has this system."""
        return system in self._systems

    def boundary(self) -> SecurityBoundaryArgs:
        """Return the wall this stack wants; who may be called follows from what is configured."""
        return {
            "availability_zones": self.availability_zones,
            "data_class": self.data_class,
            "log_retention_days": self.log_retention_days,
            "deletion_protection": self.deletion_protection,
            "alarm_emails": self.alarm_emails,
            "egress_domains": self._egress_domains(),
            "egress_ports": [HTTPS, urlsplit(self.neo4j_uri).port or BOLT],
        }

    def _egress_domains(self) -> list[str]:
        """Return the hosts of what is configured, and nothing else."""
        urls = [
            self.oidc_jwks_url or f"https://cognito-idp.{self._region}.amazonaws.com",
            self.neo4j_uri,
            *(self._models_in_use()),
        ]
        hosts = {urlsplit(url).hostname or "" for url in urls}
        # Every index has a host name of its own below this domain.
        pinecone = urlsplit(self.pinecone_control_url).hostname or ".pinecone.io"
        return sorted(host for host in {*hosts, pinecone} if not _is_address(host))

    def _models_in_use(self) -> list[str]:
        used: list[str] = []
        if self.runs("knowledge"):
            own_url = {"openai": self.openai_base_url, "anthropic": self.anthropic_base_url}
            used.append(own_url[self.answerer] or MODEL_URLS[self.answerer])
        if self.runs("gallery") and self.gallery.vision_provider != "local":
            used.append(self.gallery.vision_base_url or MODEL_URLS[self.gallery.vision_provider])
        if self.runs("gallery") and self.gallery.embedding_provider == "voyage":
            used.append(self.gallery.voyage_base_url or MODEL_URLS["voyage"])
        return used


def _is_address(host: str) -> bool:
    """Tell numbers from names: the firewall allows names; a laptop's stand-ins have none."""
    return host.replace(".", "").isdigit() or ":" in host


def _login(username: str, password: Output[str] | None) -> Output[str] | None:
    if password is None:
        return None
    return Output.json_dumps({"username": username, "password": password})
