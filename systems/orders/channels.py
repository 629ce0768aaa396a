"""What carries an order from step to step, and its events to whoever wants to know.

Creates, in order:
    <name>-received        ObservedQueue   FIFO: orders to be charged, in each customer's order
    <name>-bus             EventBus        what happened to orders, archived
    <name>-captured        EventRoute      PaymentCaptured -> fulfilment-starter
    <name>-uploaded        EventRoute      a file of orders -> bulk-intake
    <name>-announcements   Topic           the same events, for subscribers
    <name>-to-customers    ObservedQueue   of the topic: what customers are told -> notifier
    <name>-audit           ObservedQueue   of the topic: everything -> audit-trail
"""

import json

from pulumi import Output, ResourceOptions

from pulumi_rampart import Boundary, EventBus, EventRoute, ObservedQueue, Topic
from systems.queues import RECEIVES

SOURCE = "rampart.orders"
PROCESSOR_TIMEOUT_SECONDS = 60
STARTER_TIMEOUT_SECONDS = 30
BULK_TIMEOUT_SECONDS = 600
SUBSCRIBER_TIMEOUT_SECONDS = 30
# Soon enough that an outage of the payment service is seen: what was given up is replayed.
ORDER_RECEIVES = 3
RETENTION_DAYS = 14
TOLD = ("PaymentCaptured", "OrderShipped", "OrderCancelled")
"""Events that customers are told of."""


class Channels:
    """Queues, bus and topic; children of the system that `opts` names."""

    def __init__(
        self, name: str, boundary: Boundary, files: Output[str], opts: ResourceOptions
    ) -> None:
        """`files` is the bucket to which files of orders are uploaded."""
        self._name, self._boundary, self._opts = name, boundary, opts

        self.received = self._received()
        self.bus = EventBus(f"{name}-bus", {"boundary": boundary, "sources": [SOURCE]}, opts)
        self.captured = self._route(
            "captured", self.bus.bus, _events("PaymentCaptured"), STARTER_TIMEOUT_SECONDS
        )
        self.uploaded = self._route(
            "uploaded", "default", files.apply(_uploads), BULK_TIMEOUT_SECONDS
        )
        self.topic = Topic(f"{name}-announcements", {"boundary": boundary}, opts)
        self.notices = self._subscriber("to-customers")
        self.audit = self._subscriber("audit")
        self._announce()

    def _received(self) -> ObservedQueue:
        return ObservedQueue(
            f"{self._name}-received",
            {
                "boundary": self._boundary,
                "consumer_timeout_seconds": PROCESSOR_TIMEOUT_SECONDS,
                "fifo": True,
                "max_receives": ORDER_RECEIVES,
                "retention_days": RETENTION_DAYS,
            },
            self._opts,
        )

    def _route(
        self, part: str, bus: Output[str] | str, pattern: Output[str] | str, timeout_seconds: int
    ) -> EventRoute:
        return EventRoute(
            f"{self._name}-{part}",
            {
                "boundary": self._boundary,
                "bus": bus,
                "pattern": pattern,
                "consumer_timeout_seconds": timeout_seconds,
                "max_receives": RECEIVES,
            },
            self._opts,
        )

    def _subscriber(self, part: str) -> ObservedQueue:
        return ObservedQueue(
            f"{self._name}-{part}",
            {
                "boundary": self._boundary,
                "consumer_timeout_seconds": SUBSCRIBER_TIMEOUT_SECONDS,
                "max_receives": RECEIVES,
                "senders": [self.topic.sender],
            },
            self._opts,
        )

    def _announce(self) -> None:
        told = json.dumps({"detail_type": TOLD})
        self.topic.deliver(f"{self._name}-announced-to-customers", self.notices, filter=told)
        self.topic.deliver(f"{self._name}-announced-to-audit", self.audit)


def _uploads(bucket: str) -> str:
    return json.dumps(
        {
            "source": ["aws.s3"],
            "detail-type": ["Object Created"],
            "detail": {
                "bucket": {"name": [bucket]},
                "object": {"key": [{"wildcard": "imports/*.jsonl"}]},
            },
        }
    )


def _events(detail_type: str) -> str:
    return json.dumps({"source": [SOURCE], "detail-type": [detail_type]})
