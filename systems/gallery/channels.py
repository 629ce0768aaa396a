"""What carries an image from step to step: the bus, and a rule with a queue before each step.

Creates, in order:
    <name>-bus         EventBus     ImageProcessed, AnalysisComplete
    <name>-originals   EventRoute   an image arrived       -> image-processor
    <name>-processed   EventRoute   ImageProcessed         -> analyzer
    <name>-analyzed    EventRoute   AnalysisComplete       -> embedder
"""

import json

from pulumi import Input, Output, ResourceOptions

from pulumi_rampart import Boundary, EventBus, EventRoute
from systems.queues import RECEIVES

SOURCE = "rampart.gallery"
ORIGINALS = "*/originals/*"
EXTENSIONS = ("jpg", "jpeg", "png")
PROCESSOR_TIMEOUT_SECONDS = 60
ANALYZER_TIMEOUT_SECONDS = 300
EMBEDDER_TIMEOUT_SECONDS = 60


class Channels:
    """The bus and the routes; children of the system that `opts` names."""

    def __init__(
        self, name: str, boundary: Boundary, pictures: Output[str], opts: ResourceOptions
    ) -> None:
        """`pictures` is the bucket whose uploads are the first events."""
        self._name, self._boundary, self._opts = name, boundary, opts

        self.bus = EventBus(f"{name}-bus", {"boundary": boundary, "sources": [SOURCE]}, opts)
        self.originals = self._route(
            "originals", "default", pictures.apply(_uploads), PROCESSOR_TIMEOUT_SECONDS
        )
        self.processed = self._route(
            "processed", self.bus.bus, _events("ImageProcessed"), ANALYZER_TIMEOUT_SECONDS
        )
        self.analyzed = self._route(
            "analyzed", self.bus.bus, _events("AnalysisComplete"), EMBEDDER_TIMEOUT_SECONDS
        )

    def _route(
        self, part: str, bus: Input[str], pattern: Input[str], consumer_timeout_seconds: int
    ) -> EventRoute:
        return EventRoute(
            f"{self._name}-{part}",
            {
                "boundary": self._boundary,
                "bus": bus,
                "pattern": pattern,
                "consumer_timeout_seconds": consumer_timeout_seconds,
                "max_receives": RECEIVES,
            },
            self._opts,
        )


def _uploads(bucket: str) -> str:
    """Match originals only: a thumbnail would be processed again, for ever."""
    keys = [{"wildcard": f"{ORIGINALS}.{extension}"} for extension in EXTENSIONS]
    return json.dumps(
        {
            "source": ["aws.s3"],
            "detail-type": ["Object Created"],
            "detail": {"bucket": {"name": [bucket]}, "object": {"key": keys}},
        }
    )


def _events(detail_type: str) -> str:
    return json.dumps({"source": [SOURCE], "detail-type": [detail_type]})
