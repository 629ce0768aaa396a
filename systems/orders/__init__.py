"""Orders, charged once, fulfilled or undone, with every event on record: the Orders system.

Creates, in order:
    OrdersStores                    what it keeps (stores.py)
    Channels                        queues, bus and topic (channels.py)
    <name>-fulfilment-steps         ZipLambda   tasks of the workflow
    <name>-fulfilment               Workflow    (fulfilment.py)
    <name>-order-processor          ZipLambda   charges what is in the queue
    <name>-outbox-publisher         ZipLambda   the table's stream -> bus and topic
    <name>-fulfilment-starter       ZipLambda   PaymentCaptured -> the workflow
    <name>-notifier, -audit-trail   ZipLambda   subscribers of the topic
    <name>-bulk-intake              ZipLambda   files of orders
    <name>-settlement               ZipLambda   every night, by a Schedule
    <name>-order-api                ZipLambda   /orders, /products, /imports, /settlements
    <name>-api                      SecureApi
"""

import json

from pulumi import Input

from pulumi_rampart import Permission, Route, Schedule, Workflow, ZipLambda, use_key
from pulumi_rampart.messaging.queue import ObservedQueue
from systems.api import routes
from systems.orders.channels import (
    BULK_TIMEOUT_SECONDS,
    PROCESSOR_TIMEOUT_SECONDS,
    STARTER_TIMEOUT_SECONDS,
    SUBSCRIBER_TIMEOUT_SECONDS,
    Channels,
)
from systems.orders.fulfilment import STEPS, TASK_SECONDS, definition
from systems.orders.settings import OrdersSettings
from systems.orders.stores import OrdersStores
from systems.system import Shared, System

PUBLISHER_TIMEOUT_SECONDS = 30
# Of the table's stream: rows of the outbox that are new.
NEW_EVENTS = {
    "eventName": ["INSERT"],
    "dynamodb": {"Keys": {"sk": {"S": [{"prefix": "OUTBOX#"}]}}},
}
SETTLEMENT_TIMEOUT_SECONDS = 300
API_TIMEOUT_SECONDS = 20
MARGIN_SECONDS = 24 * 3600
# Calls of the payment service at a time.
CHARGES_AT_A_TIME = 5


class Orders(System):
    """Place an order; see it paid and shipped, or refunded."""

    code = "runtime/orders"
    include = ("runtime/shared", "runtime/orders/shared")

    def __init__(self, name: str, shared: Shared, settings: OrdersSettings) -> None:
        super().__init__(name, shared)
        self._settings = settings
        self._stores = OrdersStores(
            name, shared.boundary, shared.api.origins, settings.payments_key
        )
        self._personal = use_key(shared.boundary, {"purpose": "orders"})

        self._channels = Channels(name, shared.boundary, self._stores.files.bucket, self._child)
        self._workflow = self._fulfil()
        self._process()
        self._publish()
        self._start()
        self._subscribe()
        self._import()
        self._settle()
        self._serve("Orders, products and settlements", self._api_routes(self._api()))

    def _fulfil(self) -> Workflow:
        orders = self._stores.orders
        steps = self._function(
            "fulfilment_steps",
            "Reserves, books, ships, and undoes",
            [
                orders.allow(
                    "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "UpdateItem"
                ),
                *self._paying(),
            ],
            {"ORDERS_TABLE": orders.table, **self._payments()},
            timeout_seconds=TASK_SECONDS,
            egress=True,
        )
        settings = self._settings
        return Workflow(
            f"{self._name}-fulfilment",
            {
                "boundary": self._boundary,
                "definition": definition(settings.approval_above_cents, settings.approval_seconds),
                # An execution that is stopped undoes nothing: what waits and undoes ends before.
                "timeout_seconds": settings.approval_seconds + MARGIN_SECONDS,
            },
            self._child,
            functions={STEPS: steps},
        )

    def _process(self) -> None:
        orders = self._stores.orders
        function = self._worker(
            "order_processor",
            "Charges orders, each once",
            self._channels.received,
            [
                orders.allow("BatchGetItem", "GetItem", "PutItem", "UpdateItem"),
                *self._paying(),
            ],
            {"ORDERS_TABLE": orders.table, **self._payments()},
            timeout_seconds=PROCESSOR_TIMEOUT_SECONDS,
            egress=True,
        )
        self._channels.received.subscribe(
            f"{self._name}-processing", function, maximum_concurrency=CHARGES_AT_A_TIME
        )

    def _publish(self) -> None:
        orders, channels = self._stores.orders, self._channels
        function = self._function(
            "outbox_publisher",
            "Publishes the events of the table's outbox",
            [
                orders.read_stream(),
                orders.failed.send(),
                channels.bus.publish(
                    "OrderAccepted", "PaymentCaptured", "OrderShipped", "OrderCancelled"
                ),
                channels.topic.publish(),
            ],
            {"BUS_NAME": channels.bus.bus, "TOPIC_ARN": channels.topic.arn},
            timeout_seconds=PUBLISHER_TIMEOUT_SECONDS,
        )
        orders.subscribe(
            f"{self._name}-publishing",
            function,
            filters=[json.dumps(NEW_EVENTS)],
        )

    def _start(self) -> None:
        queue = self._channels.captured.queue
        function = self._worker(
            "fulfilment_starter",
            "Begins the fulfilment of paid orders",
            queue,
            [self._workflow.start()],
            {"WORKFLOW_ARN": self._workflow.arn},
            timeout_seconds=STARTER_TIMEOUT_SECONDS,
        )
        queue.subscribe(f"{self._name}-starting", function)

    def _subscribe(self) -> None:
        stores, channels = self._stores, self._channels
        notifier = self._worker(
            "notifier",
            "Tells customers what became of their orders",
            channels.notices,
            [stores.notices.allow("PutItem")],
            {"NOTICES_TABLE": stores.notices.table},
            timeout_seconds=SUBSCRIBER_TIMEOUT_SECONDS,
        )
        channels.notices.subscribe(f"{self._name}-notifying", notifier)
        audit = self._worker(
            "audit_trail",
            "Keeps every event as an object",
            channels.audit,
            [stores.files.write("audit/*")],
            {"ORDERS_BUCKET": stores.files.bucket},
            timeout_seconds=SUBSCRIBER_TIMEOUT_SECONDS,
        )
        channels.audit.subscribe(f"{self._name}-auditing", audit)

    def _import(self) -> None:
        stores, queue = self._stores, self._channels.uploaded.queue
        function = self._worker(
            "bulk_intake",
            "Places the orders of a file",
            queue,
            [
                stores.files.read("imports/*"),
                stores.files.list_keys("imports/"),
                stores.files.write("reports/*"),
                stores.orders.allow("GetItem", "PutItem"),
                self._channels.received.send(),
                self._personal,
            ],
            {
                "ORDERS_TABLE": stores.orders.table,
                "ORDERS_QUEUE_URL": self._channels.received.url,
                "PERSONAL_DATA_KEY_ARN": self._boundary["key_arn"],
            },
            timeout_seconds=BULK_TIMEOUT_SECONDS,
            memory_mib=1024,
        )
        # One file a call: it may take the whole timeout.
        queue.subscribe(f"{self._name}-importing", function, batch_size=1)

    def _settle(self) -> None:
        orders = self._stores.orders
        function = self._function(
            "settlement",
            "Adds up the payments of a day",
            [orders.allow("PutItem", "Query")],
            {"ORDERS_TABLE": orders.table},
            timeout_seconds=SETTLEMENT_TIMEOUT_SECONDS,
        )
        Schedule(
            f"{self._name}-nightly",
            {"boundary": self._boundary, "expression": self._settings.settlement},
            self._child,
            function=function,
        )

    def _api(self) -> ZipLambda:
        stores = self._stores
        return self._function(
            "order_api",
            "Takes orders, shows them, and takes decisions on them",
            [
                stores.orders.allow("GetItem", "PutItem", "Query"),
                stores.notices.allow("Query"),
                stores.files.write("imports/*"),
                stores.files.read("reports/*"),
                stores.files.list_keys("reports/"),
                self._channels.received.send(),
                self._workflow.answer(),
                self._personal,
            ],
            {
                "ORDERS_TABLE": stores.orders.table,
                "NOTICES_TABLE": stores.notices.table,
                "ORDERS_QUEUE_URL": self._channels.received.url,
                "ORDERS_BUCKET": stores.files.bucket,
                "PERSONAL_DATA_KEY_ARN": self._boundary["key_arn"],
                "ALLOWED_ORIGINS": self._shared.api.allowed_origins,
            },
            timeout_seconds=API_TIMEOUT_SECONDS,
            memory_mib=1024,
        )

    def _api_routes(self, function: ZipLambda) -> list[Route]:
        return [
            # An order of fifty lines can have more than the 8 KB that the firewall lets through.
            *routes(function, "POST /orders", large_body=True),
            *routes(function, "GET /orders", "GET /orders/{order_id}"),
            *routes(function, "POST /orders/{order_id}/approval"),
            *routes(function, "PUT /products/{sku}", "GET /products/{sku}"),
            *routes(function, "POST /imports", body=False),
            *routes(function, "GET /imports/{import_id}", "GET /settlements/{day}"),
        ]

    def _paying(self) -> list[Permission]:
        return [
            self._stores.payments_key.read(),
            self._stores.breakers.allow("GetItem", "UpdateItem"),
        ]

    def _payments(self) -> dict[str, Input[str]]:
        return {
            "PAYMENTS_URL": self._settings.payments_url,
            "PAYMENTS_KEY_SECRET_ARN": self._stores.payments_key.arn,
            "BREAKERS_TABLE": self._stores.breakers.table,
        }

    def _worker(
        self,
        folder: str,
        description: str,
        queue: ObservedQueue,
        permissions: list[Permission],
        environment: dict[str, Input[str]],
        *,
        timeout_seconds: int,
        memory_mib: int = 512,
        egress: bool = False,
    ) -> ZipLambda:
        """Make a function that reads a queue and says itself why a message is dead."""
        return self._function(
            folder,
            description,
            [queue.consume(), queue.dead.send(), *permissions],
            {
                **environment,
                "DEAD_LETTER_QUEUE_URL": queue.dead.url,
                "MAX_RECEIVES": str(queue.max_receives),
            },
            timeout_seconds=timeout_seconds,
            memory_mib=memory_mib,
            egress=egress,
        )
