"""Images, seen by models, found again by what is on them: the Gallery system.

Creates, in order:
    <name>-bus                      EventBus     ImageProcessed, AnalysisComplete
    <name>-originals                EventRoute   an image arrived       -> image-processor
    <name>-processed                EventRoute   ImageProcessed         -> analyzer
    <name>-analyzed                 EventRoute   AnalysisComplete       -> embedder
    <name>-migration                ZipLambda    brings the database up to date, at deployment
    <name>-image-processor, -analyzer, -embedder, -search   ZipLambda
    <name>-api                      SecureApi
"""

import json

import pulumi
from pulumi import Input, Output

from pulumi_rampart.api import Route, SecureApi, SecureApiArgs
from pulumi_rampart.boundary.security_boundary import SecurityBoundary
from pulumi_rampart.functions.zip_lambda import ZipLambda
from pulumi_rampart.messaging.event_bus import EventBus
from pulumi_rampart.messaging.event_route import EventRoute
from pulumi_rampart.permission import Permission
from systems.gallery_stores import APP_USER, GalleryStores
from systems.identity import Identity
from systems.libraries import Libraries
from systems.settings import StackSettings

SOURCE = "rampart.gallery"
PROCESSOR_TIMEOUT_SECONDS = 60
ANALYZER_TIMEOUT_SECONDS = 300
EMBEDDER_TIMEOUT_SECONDS = 60
SEARCH_TIMEOUT_SECONDS = 28
MIGRATION_TIMEOUT_SECONDS = 300
# As many as a queue's mapping runs at a time; nobody else may take them away.
WORKERS = 5
SEARCHES = 20
ORIGINALS, THUMBNAILS = "*/originals/*", "*/thumbnails/*"


class Gallery(pulumi.ComponentResource):
    """Drop an image; find it by what it shows."""

    api_url: Output[str]
    """Where the API answers."""

    def __init__(
        self,
        name: str,
        boundary: SecurityBoundary,
        settings: StackSettings,
        *,
        stores: GalleryStores,
        libraries: Libraries,
        identity: Identity,
    ) -> None:
        super().__init__("rampart:systems:Gallery", name, None, None)
        self._name, self._boundary, self._settings = name, boundary, settings
        self._stores, self._libraries = stores, libraries
        self._child = pulumi.ResourceOptions(parent=self)

        self._bus = EventBus(
            f"{name}-bus", {"boundary": boundary.args, "sources": [SOURCE]}, self._child
        )
        self._originals = self._arrivals()
        self._processed = self._route("processed", "ImageProcessed", ANALYZER_TIMEOUT_SECONDS)
        self._analyzed = self._route("analyzed", "AnalysisComplete", EMBEDDER_TIMEOUT_SECONDS)
        self._migrate()
        self._process()
        self._analyze()
        self._embed()
        api = self._api(identity, self._search())

        self.api_url = api.url
        self.register_outputs({"apiUrl": self.api_url})

    def _arrivals(self) -> EventRoute:
        pattern = self._stores.pictures.bucket.apply(
            lambda bucket: json.dumps(
                {
                    "source": ["aws.s3"],
                    "detail-type": ["Object Created"],
                    "detail": {
                        "bucket": {"name": [bucket]},
                        # Originals only: a thumbnail would be processed again, for ever.
                        "object": {
                            "key": [
                                {"wildcard": f"{ORIGINALS}.{extension}"}
                                for extension in ("jpg", "jpeg", "png")
                            ]
                        },
                    },
                }
            )
        )
        return EventRoute(
            f"{self._name}-originals",
            {
                "boundary": self._boundary.args,
                "bus": "default",
                "pattern": pattern,
                "consumer_timeout_seconds": PROCESSOR_TIMEOUT_SECONDS,
            },
            self._child,
        )

    def _route(self, part: str, detail_type: str, consumer_timeout_seconds: int) -> EventRoute:
        return EventRoute(
            f"{self._name}-{part}",
            {
                "boundary": self._boundary.args,
                "bus": self._bus.bus,
                "pattern": json.dumps({"source": [SOURCE], "detail-type": [detail_type]}),
                "consumer_timeout_seconds": consumer_timeout_seconds,
            },
            self._child,
        )

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
                "VECTOR_DIMENSION": str(self._settings.gallery.vector_dimension),
            },
            timeout_seconds=MIGRATION_TIMEOUT_SECONDS,
            reserved_concurrency=1,
        )
        migration.run(f"{self._name}-migrated", after=[stores.database.nodes.writer])

    def _process(self) -> None:
        function = self._worker(
            "image_processor",
            "Makes thumbnails",
            self._originals,
            [
                self._stores.pictures.read(ORIGINALS),
                self._stores.pictures.list_keys(""),
                self._stores.pictures.write(THUMBNAILS),
                self._stores.pictures.tag(THUMBNAILS),
                self._stores.pictures.delete(THUMBNAILS),
                self._bus.publish("ImageProcessed"),
            ],
            {
                "BUS_NAME": self._bus.bus,
                "MAX_IMAGE_BYTES": str(self._settings.gallery.max_image_bytes),
            },
            timeout_seconds=PROCESSOR_TIMEOUT_SECONDS,
            memory_mib=1024,
        )
        self._originals.queue.subscribe(f"{self._name}-processing", function, batch_size=5)

    def _analyze(self) -> None:
        settings = self._settings
        function = self._worker(
            "analyzer",
            "Asks a vision model what an image shows",
            self._processed,
            [
                self._stores.pictures.read(ORIGINALS),
                self._stores.pictures.list_keys(""),
                self._libraries.ocr.invoke(),
                self._bus.publish("AnalysisComplete"),
                self._stores.vision_key.read(),
            ],
            {
                "BUS_NAME": self._bus.bus,
                "VISION_PROVIDER": settings.gallery.vision_provider,
                "VISION_MODEL": settings.gallery.vision_model,
                "VISION_KEY_PARAMETER": self._stores.vision_key.parameter,
                "VISION_BASE_URL": settings.gallery.vision_base_url,
                "OCR_FUNCTION": self._libraries.ocr.name,
            },
            timeout_seconds=ANALYZER_TIMEOUT_SECONDS,
            memory_mib=1024,
            egress=settings.gallery.vision_provider != "local",
        )
        # One image a call: looking at one may take the whole timeout.
        self._processed.queue.subscribe(f"{self._name}-analyzing", function, batch_size=1)

    def _embed(self) -> None:
        function = self._worker(
            "embedder",
            "Embeds analyses",
            self._analyzed,
            [self._libraries.sentence_transformer.invoke(), self._stores.embedding_key.read()],
            self._embedding(),
            timeout_seconds=EMBEDDER_TIMEOUT_SECONDS,
            egress=self._settings.gallery.embedding_provider == "voyage",
        )
        self._analyzed.queue.subscribe(f"{self._name}-embedding", function)

    def _search(self) -> ZipLambda:
        return self._function(
            "search",
            "Finds images, lists them, lets them be uploaded and deleted",
            [
                *self._stores.connect(),
                self._stores.pictures.read(ORIGINALS),
                self._stores.pictures.read(THUMBNAILS),
                self._stores.pictures.write(ORIGINALS),
                self._stores.pictures.delete(ORIGINALS),
                self._stores.pictures.delete(THUMBNAILS),
                self._bus.publish("ImageProcessed"),
                self._libraries.sentence_transformer.invoke(),
                self._stores.embedding_key.read(),
            ],
            {
                **self._stores.login(),
                **self._embedding(),
                "BUS_NAME": self._bus.bus,
                "GALLERY_BUCKET": self._stores.pictures.bucket,
                "MAX_IMAGE_BYTES": str(self._settings.gallery.max_image_bytes),
                "ALLOWED_ORIGINS": self._settings.allowed_origin or "",
            },
            timeout_seconds=SEARCH_TIMEOUT_SECONDS,
            reserved_concurrency=SEARCHES,
            egress=self._settings.gallery.embedding_provider == "voyage",
        )

    def _embedding(self) -> dict[str, Input[str]]:
        settings = self._settings
        return {
            "EMBEDDING_PROVIDER": settings.gallery.embedding_provider,
            "EMBEDDING_FUNCTION": self._libraries.sentence_transformer.name,
            "EMBEDDING_MODEL": settings.gallery.voyage_model,
            "EMBEDDING_KEY_PARAMETER": self._stores.embedding_key.parameter,
            "EMBEDDING_BASE_URL": settings.gallery.voyage_base_url,
            "VECTOR_DIMENSION": str(settings.gallery.vector_dimension),
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
        reserved_concurrency: int = WORKERS,
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
            reserved_concurrency=reserved_concurrency,
            egress=egress,
        )

    def _function(
        self,
        folder: str,
        description: str,
        permissions: list[Permission],
        environment: dict[str, Input[str]],
        *,
        timeout_seconds: int,
        memory_mib: int = 512,
        reserved_concurrency: int = WORKERS,
        egress: bool = False,
    ) -> ZipLambda:
        return ZipLambda(
            f"{self._name}-{folder.replace('_', '-')}",
            {
                "boundary": self._boundary.args,
                "description": description,
                "source": f"runtime/gallery/{folder}",
                "include": ["runtime/shared", "runtime/gallery/shared"],
                "permissions": permissions,
                "environment": environment,
                "timeout_seconds": timeout_seconds,
                "memory_mib": memory_mib,
                "reserved_concurrency": reserved_concurrency,
                "egress": egress,
            },
            self._child,
        )

    def _api(self, identity: Identity, search: ZipLambda) -> SecureApi:
        item = "/gallery/items/{item_id}"
        paths = [
            ("GET", "/gallery/search"),
            ("GET", "/gallery/items"),
            ("POST", "/gallery/items"),
            ("GET", item),
            ("DELETE", item),
        ]
        routes: list[Route] = [
            *({"method": each, "path": path, "handler": search.handler} for each, path in paths),
            {
                "method": "POST",
                "path": f"{item}/reanalyze",
                "handler": search.handler,
                "body": False,
            },
        ]
        args: SecureApiArgs = {
            "boundary": self._boundary.args,
            "description": "Images and what they show",
            "authorizer": identity.authorizer.handler,
            "routes": routes,
            "clients": self._settings.api_clients,
        }
        if self._settings.allowed_origin:
            args["allowed_origin"] = self._settings.allowed_origin
        return SecureApi(f"{self._name}-api", args, self._child)
