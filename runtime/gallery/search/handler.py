"""/gallery/... -> search, list, show, upload, re-analysis and deletion of a tenant's images."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

from runtime.gallery.search.core import Gallery
from runtime.gallery.search.items import ItemRows
from runtime.gallery.search.routes import GalleryRoutes
from runtime.gallery.search.storage import S3Storage
from runtime.gallery.shared.clients import parameters_client
from runtime.gallery.shared.connection import connected
from runtime.gallery.shared.database import DatabaseSettings
from runtime.gallery.shared.embedding import EmbeddingSettings, embedder
from runtime.gallery.shared.events import SOURCE
from runtime.gallery.shared.parameters import Parameters
from runtime.shared.api import Api
from runtime.shared.clients import events_client, lambda_client, s3_client
from runtime.shared.events import Bus
from runtime.shared.library import Library


class SearchSettings(DatabaseSettings, EmbeddingSettings):
    """Where images are, how large they may be, and which browsers' pages may ask."""

    gallery_bucket: str
    bus_name: str
    max_image_bytes: int
    allowed_origins: str


settings = SearchSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
api = Api(logger, metrics, settings.allowed_origins)
# API Gateway waits 29 s, and a paused database needs 15 s of them to resume; a question that is
# not embedded in the rest is answered by words alone.
library = Library(
    lambda_client(read_timeout_seconds=12), attempts=1, correlation_id=logger.get_correlation_id
)
gallery = Gallery(
    ItemRows(connected(settings)),
    S3Storage(s3_client(), settings.gallery_bucket),
    embedder(settings, library, Parameters(parameters_client())),
    Bus(events_client(), settings.bus_name, SOURCE),
    max_image_bytes=settings.max_image_bytes,
    now=lambda: datetime.now(UTC),
)
GalleryRoutes(api, gallery)


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_REST)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of the API."""
    return api.routes.resolve(event, context)
