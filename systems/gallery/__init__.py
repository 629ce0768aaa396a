"""Images, seen by models, found again by what is on them: the Gallery system.

Creates, in order:
    GalleryStores                   what it keeps (stores.py)
    Channels                        the bus and its routes (channels.py)
    <name>-migration                ZipLambda    brings the database up to date, at deployment
    <name>-image-processor, -analyzer, -embedder, -search   ZipLambda
    <name>-api                      SecureApi
"""

from pulumi import Input

from pulumi_rampart import EventRoute, Permission, Route, SecureParameter, ZipLambda
from systems.api import routes
from systems.gallery.channels import (
    ANALYZER_TIMEOUT_SECONDS,
    EMBEDDER_TIMEOUT_SECONDS,
    ORIGINALS,
    PROCESSOR_TIMEOUT_SECONDS,
    Channels,
)
from systems.gallery.settings import GallerySettings
from systems.gallery.stores import APP_USER, GalleryStores
from systems.system import Shared, System

SEARCH_TIMEOUT_SECONDS = 28
MIGRATION_TIMEOUT_SECONDS = 300
THUMBNAILS = "*/thumbnails/*"


class Gallery(System):
    """Drop an image; find it by what it shows."""

    code = "runtime/gallery"
    include = ("runtime/shared", "runtime/gallery/shared")

    def __init__(self, name: str, shared: Shared, settings: GallerySettings) -> None:
        super().__init__(name, shared)
        self._settings, self._libraries = settings, shared.libraries
        self._stores = GalleryStores(name, shared.boundary, settings, shared.api.origins)

        self._channels = Channels(name, shared.boundary, self._stores.pictures.bucket, self._child)
        self._migrate()
        self._process()
        self._analyze()
        self._embed()
        self._serve("Images and what they show", self._api_routes(self._search()))

    def _migrate(self) -> None:
        stores = self._stores
        app_secret: Input[str] = stores.app.arn if stores.app else ""
        migration = self._function(
            "migration",
            "Brings the database's tables, roles and policies up to date",
            [
                *stores.connect(owner=True),
                *([stores.app.read()] if stores.app else []),
            ],
            {
                **stores.login(owner=True),
                "DATABASE_APP_USER": APP_USER,
                "DATABASE_APP_SECRET_ARN": app_secret,
                "VECTOR_DIMENSION": str(self._settings.vector_dimension),
            },
            timeout_seconds=MIGRATION_TIMEOUT_SECONDS,
        )
        migration.run(f"{self._name}-migrated", after=[stores.database.writer])

    def _process(self) -> None:
        function = self._worker(
            "image_processor",
            "Makes thumbnails",
            self._channels.originals,
            [
                self._stores.pictures.read(ORIGINALS),
                self._stores.pictures.list_keys(""),
                self._stores.pictures.write(THUMBNAILS),
                self._stores.pictures.tag(THUMBNAILS),
                self._stores.pictures.list_versions(""),
                self._stores.pictures.erase(THUMBNAILS),
                self._channels.bus.publish("ImageProcessed"),
            ],
            {
                "BUS_NAME": self._channels.bus.bus,
                "MAX_IMAGE_BYTES": str(self._settings.max_image_bytes),
            },
            timeout_seconds=PROCESSOR_TIMEOUT_SECONDS,
            memory_mib=1024,
        )
        self._channels.originals.queue.subscribe(f"{self._name}-processing", function, batch_size=5)

    def _analyze(self) -> None:
        settings = self._settings
        function = self._worker(
            "analyzer",
            "Asks a vision model what an image shows",
            self._channels.processed,
            [
                self._stores.pictures.read(ORIGINALS),
                self._stores.pictures.list_keys(""),
                self._libraries.ocr.invoke(),
                self._channels.bus.publish("AnalysisComplete"),
                *_reading(self._stores.vision_key),
            ],
            {
                "BUS_NAME": self._channels.bus.bus,
                "VISION_PROVIDER": settings.vision_provider,
                "VISION_MODEL": settings.vision_model,
                "VISION_KEY_PARAMETER": _name_of(self._stores.vision_key),
                "VISION_BASE_URL": settings.vision_base_url,
                "OCR_FUNCTION": self._libraries.ocr.name,
            },
            timeout_seconds=ANALYZER_TIMEOUT_SECONDS,
            memory_mib=1024,
            egress=settings.vision_provider != "local",
        )
        # One image a call: looking at one may take the whole timeout.
        self._channels.processed.queue.subscribe(f"{self._name}-analyzing", function, batch_size=1)

    def _embed(self) -> None:
        function = self._worker(
            "embedder",
            "Embeds analyses",
            self._channels.analyzed,
            [
                self._libraries.sentence_transformer.invoke(),
                *_reading(self._stores.embedding_key),
            ],
            self._embedding(),
            timeout_seconds=EMBEDDER_TIMEOUT_SECONDS,
            egress=self._settings.embedding_provider == "voyage",
        )
        self._channels.analyzed.queue.subscribe(f"{self._name}-embedding", function)

    def _search(self) -> ZipLambda:
        return self._function(
            "search",
            "Finds images, lists them, lets them be uploaded and deleted",
            [
                *self._stores.connect(),
                self._stores.pictures.read(ORIGINALS),
                self._stores.pictures.read(THUMBNAILS),
                self._stores.pictures.write(ORIGINALS),
                self._stores.pictures.list_versions(""),
                self._stores.pictures.erase(ORIGINALS),
                self._stores.pictures.erase(THUMBNAILS),
                self._channels.bus.publish("ImageProcessed"),
                self._libraries.sentence_transformer.invoke(),
                *_reading(self._stores.embedding_key),
            ],
            {
                **self._stores.login(),
                **self._embedding(),
                "BUS_NAME": self._channels.bus.bus,
                "GALLERY_BUCKET": self._stores.pictures.bucket,
                "MAX_IMAGE_BYTES": str(self._settings.max_image_bytes),
                "ALLOWED_ORIGINS": self._shared.api.allowed_origins,
            },
            timeout_seconds=SEARCH_TIMEOUT_SECONDS,
            egress=self._settings.embedding_provider == "voyage",
        )

    def _embedding(self) -> dict[str, Input[str]]:
        settings = self._settings
        return {
            "EMBEDDING_PROVIDER": settings.embedding_provider,
            "EMBEDDING_FUNCTION": self._libraries.sentence_transformer.name,
            "EMBEDDING_MODEL": settings.voyage_model,
            "EMBEDDING_KEY_PARAMETER": _name_of(self._stores.embedding_key),
            "EMBEDDING_BASE_URL": settings.voyage_base_url,
            "VECTOR_DIMENSION": str(settings.vector_dimension),
        }

    def _worker(
        self,
        folder: str,
        description: str,
        route: EventRoute,
        permissions: list[Permission],
        environment: dict[str, Input[str]],
        *,
        timeout_seconds: int,
        memory_mib: int = 512,
        egress: bool = False,
    ) -> ZipLambda:
        """Make a function that reads a route's queue and says itself why an image is dead."""
        dead = route.queue.dead
        return self._function(
            folder,
            description,
            [
                *self._stores.connect(),
                route.queue.consume(),
                dead.send(),
                *permissions,
            ],
            {
                **self._stores.login(),
                **environment,
                "DEAD_LETTER_QUEUE_URL": dead.url,
                "MAX_RECEIVES": str(route.queue.max_receives),
            },
            timeout_seconds=timeout_seconds,
            memory_mib=memory_mib,
            egress=egress,
        )

    def _api_routes(self, search: ZipLambda) -> list[Route]:
        item = "/gallery/items/{item_id}"
        return [
            *routes(search, "GET /gallery/search", "GET /gallery/items", "POST /gallery/items"),
            *routes(search, f"GET {item}", f"DELETE {item}", f"GET {item}/deletion"),
            *routes(search, f"POST {item}/reanalyze", body=False),
        ]


def _reading(parameter: SecureParameter | None) -> list[Permission]:
    return [parameter.read()] if parameter else []


def _name_of(parameter: SecureParameter | None) -> Input[str]:
    return parameter.parameter if parameter else ""
