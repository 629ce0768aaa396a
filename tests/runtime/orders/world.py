"""Orders on a real table, with a real payment service; only the queue is in the test's hands."""

import time
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import uuid4

import httpx
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from boto3.dynamodb.conditions import Key

from rampart_local.standins.payments import PaymentStandin
from runtime.orders.fulfilment_steps.core import Fulfilment
from runtime.orders.fulfilment_steps.requests import REQUEST, Done
from runtime.orders.fulfilment_steps.stores import DynamoOrders as FulfilmentOrders
from runtime.orders.order_processor.core import OrderStep
from runtime.orders.order_processor.stores import DynamoOrders as ProcessorOrders
from runtime.orders.shared.events import EVENT, AnyEvent
from runtime.orders.shared.intake import Intake, PlaceOrder, Receipt
from runtime.orders.shared.messages import OrderReceived, group
from runtime.orders.shared.order import Order, OrderKey, order_key, product_row
from runtime.orders.shared.payments import Payments
from runtime.orders.shared.personal import KmsVault
from runtime.orders.shared.rows import OrderRows
from runtime.shared.breaker import Breaker, SharedState
from runtime.shared.clients import table
from runtime.shared.queue import Queue
from runtime.shared.worker import Worker

MAX_RECEIVES = 3


@dataclass(frozen=True)
class Parts:
    """What all tests share."""

    table: str
    notices: str
    breakers: str
    key_arn: str
    payments: PaymentStandin


@dataclass
class Letters:
    """The dead letters, and the pauses before the next delivery."""

    dead: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Body and reason."""
    planned: list[str] = field(default_factory=list[str])
    """Ids of messages that are to come again."""

    def add(self, record: SQSRecord, error: Exception) -> None:
        self.dead.append((record.body, f"{type(error).__name__}: {error}"))

    def plan(self, record: SQSRecord) -> None:
        self.planned.append(record.message_id)


@dataclass
class QueueInHand:
    """Takes messages as a FIFO queue does, and delivers them when the test says so."""

    messages: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Body and message group."""

    def put(self, message: OrderReceived, customer_id: str) -> None:
        self.messages.append((message.model_dump_json(), group(message.tenant, customer_id)))


class Context:
    """What a worker reads of Lambda's context."""

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


class World:
    """One tenant with a product, and everything that works on its orders."""

    def __init__(self, parts: Parts, tenant: str) -> None:
        self.parts, self.tenant = parts, tenant
        self.table = table(parts.table)
        self.notices = table(parts.notices)
        self.rows = OrderRows(self.table)
        self.vault = KmsVault(parts.key_arn, self.table)
        # `Any` where tests make a method fail for a while.
        self.queue: Any = QueueInHand()
        self.letters = Letters()
        self.clock = time.time
        self.intake = Intake(self.rows, self.queue, self.vault, self.clock)
        self.http = httpx.Client(base_url=parts.payments.url, timeout=3)
        self.breaker = Breaker(
            "payments", SharedState(table(parts.breakers), tenant), failures=100, pause_seconds=0
        )
        self.payments: Any = Payments(self.http, lambda: parts.payments.api_key, self.breaker)
        self.processor_orders: Any = ProcessorOrders(self.table)
        self.fulfilment = Fulfilment(FulfilmentOrders(self.table), self.payments, self.clock)
        self.product("mug", price_cents=1200, stock=1000)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.outage(down=False)
        self.http.close()

    def product(
        self, sku: str, *, price_cents: int = 100, stock: int = 10, shippable: bool = True
    ) -> None:
        fields = {"name": sku, "price_cents": price_cents, "stock": stock, "shippable": shippable}
        self.table.put_item(Item={**product_row(self.tenant, sku), "sku": sku, **fields})

    def stock(self, sku: str) -> int:
        row = self.rows.row(product_row(self.tenant, sku))
        assert row is not None
        return int(row["stock"])

    def place(self, key: str = "", **changes: Any) -> Receipt:  # noqa: ANN401  # of an order
        return self.intake.place(self.tenant, order(**changes), key or uuid4().hex, "request-1")

    def key(self, idempotency_key: str) -> OrderKey:
        return order_key(self.tenant, idempotency_key)

    def order(self, order_id: str) -> Order:
        found = self.rows.find(OrderKey(self.tenant, order_id))
        assert found is not None
        return found

    def worker(self, step: Any = None) -> Worker[OrderReceived]:  # noqa: ANN401  # any step
        step = step or OrderStep(self.processor_orders, self.payments, self.clock)
        letters: Any = self.letters
        metrics = Metrics(namespace="tests", service="orders")
        queue = Queue(letters, letters, MAX_RECEIVES)
        return Worker(
            step, OrderReceived.model_validate_json, queue, Logger(service="tests"), metrics
        )

    def deliver(self, body: str, receives: int = 1, step: Any = None) -> bool:  # noqa: ANN401
        """Deliver a message once; tells whether the queue is done with it."""
        lambda_context: Any = Context()
        try:
            self.worker(step).handle(record(body, receives), lambda_context)
        except Exception:  # noqa: BLE001  # whatever it is, the queue delivers the message again
            return False
        return True

    def process(self) -> None:
        """Deliver everything that waits, until the queue is empty."""
        while self.queue.messages:
            body, _ = self.queue.messages.pop(0)
            receives = 1
            while not self.deliver(body, receives):
                receives += 1

    def paid(self, **changes: Any) -> OrderKey:  # noqa: ANN401  # of an order
        """Return an order that was charged."""
        receipt = self.place(**changes)
        self.process()
        assert self.order(receipt.order_id).status == "paid"
        return OrderKey(self.tenant, receipt.order_id)

    def step(self, operation: str, key: OrderKey, **more: str) -> Done:
        """Do a task of the workflow."""
        asked = {"tenant": key.tenant, "order_id": key.order_id, "correlation_id": "request-1"}
        request = REQUEST.validate_python({"operation": operation, **asked, **more})
        return self.fulfilment.do(request)

    def events(self) -> list[AnyEvent]:
        """Return the events in the outbox."""
        return [EVENT.validate_json(row["event"]) for row in self.all("OUTBOX#")]

    def all(self, prefix: str) -> list[dict[str, Any]]:
        found = self.table.query(
            KeyConditionExpression=Key("pk").eq(self.tenant) & Key("sk").begins_with(prefix),
            ConsistentRead=True,
        )
        return [dict(item) for item in found["Items"]]

    def charges(self) -> list[dict[str, Any]]:
        """Return what the payment service charged for this tenant's orders."""
        ours = {row["order_id"] for row in self.all("ORDER#")}
        answer = self.http.get("/charges", headers=self._authorization)
        return [each for each in answer.json()["charges"] if each["reference"] in ours]

    def outage(self, *, down: bool) -> None:
        answer = self.http.put("/outage", headers=self._authorization, json={"down": down})
        assert answer.status_code == httpx.codes.OK

    @property
    def _authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.parts.payments.api_key}"}


def order(sku: str = "mug", quantity: int = 1, customer_id: str = "c-1") -> PlaceOrder:
    return PlaceOrder.model_validate(
        {
            "customer": {
                "customer_id": customer_id,
                "name": "Ada Example",
                "email": "ada@example.com",
                "address": "1 Example Street",
            },
            "lines": [{"sku": sku, "quantity": quantity}],
        }
    )


def record(body: str, receives: int = 1, group_id: str = "g", message_id: str = "") -> SQSRecord:
    return SQSRecord(
        {
            "messageId": message_id or uuid4().hex,
            "receiptHandle": "handle",
            "body": body,
            "attributes": {
                "ApproximateReceiveCount": str(receives),
                "MessageGroupId": group_id,
            },
            "messageAttributes": {},
            "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:received.fifo",
        }
    )
