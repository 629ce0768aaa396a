"""The deployed Orders as a client and as its operator see it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from demo.orders import payment_service
from rampart_local.deploy import Deployment
from tests.end_to_end.knowledge import wait_for
from tests.end_to_end.laptop import Line

LARGE_CENTS = 100_000
APPROVAL_SECONDS = 15
FINAL = frozenset({"shipped", "cancelled", "declined", "rejected"})


@dataclass(frozen=True)
class Client:
    """The API with the token of one tenant."""

    url: str
    token: str
    tenant: str

    def __call__(
        self, method: str, path: str, body: object = None, key: str | None = None
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        if key:
            headers["Idempotency-Key"] = key
        return httpx.request(method, f"{self.url}{path}", json=body, headers=headers, timeout=60)

    def offer(self, sku: str, **changes: object) -> None:
        product = {"name": sku, "price_cents": 1200, "stock": 100, **changes}
        answer = self("PUT", f"/products/{sku}", product)
        assert answer.status_code == HTTPStatus.OK, answer.text

    def place(self, sku: str = "mug", key: str = "", **changes: Any) -> str:  # noqa: ANN401  # of an order
        answer = self("POST", "/orders", order(sku, **changes), key or uuid4().hex)
        assert answer.status_code == HTTPStatus.ACCEPTED, answer.text
        return answer.json()["order_id"]

    def order(self, order_id: str) -> dict[str, Any]:
        answer = self("GET", f"/orders/{order_id}")
        assert answer.status_code == HTTPStatus.OK, answer.text
        return answer.json()

    def becomes(self, order_id: str, *statuses: str) -> dict[str, Any]:
        """Wait until an order has one of these states."""

        def found() -> dict[str, Any] | None:
            known = self.order(order_id)
            return known if known["status"] in statuses else None

        return wait_for(found, f"order that is {' or '.join(statuses)}")

    def decide(self, order_id: str, *, approved: bool) -> httpx.Response:
        return self("POST", f"/orders/{order_id}/approval", {"approved": approved})

    def stock(self, sku: str) -> int:
        return self("GET", f"/products/{sku}").json()["stock"]


@dataclass
class OrdersLaptop:
    """Orders on the laptop cloud."""

    cloud: Deployment
    folder: Path
    """What the laptop cloud keeps."""
    lines: list[Line]
    """Everything the functions printed since the start."""

    def tenant(self, name: str) -> Client:
        url = self.cloud.exports["orders_api_url"].rstrip("/")
        return Client(url, self.cloud.token(name), name)

    def resource(self, type_: str, name: str) -> str:
        return self.cloud.graph.one(type_, name).id

    def queue(self, name: str) -> str:
        return self.resource("aws:sqs/queue:Queue", name)

    def dead_letters(self, name: str = "orders-received-dead") -> list[dict[str, Any]]:
        """Look at what lies in a dead letter queue, and leave it there."""
        sqs, url = self.cloud.clients.sqs, self.queue(name)
        answer = sqs.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=10,
            VisibilityTimeout=0,
            MessageAttributeNames=["All"],
            AttributeNames=["All"],
        )
        return [dict(message) for message in answer.get("Messages", [])]

    def dead_letter_of(self, order_id: str) -> tuple[str, str]:
        """Wait for the dead letter of an order; returns its body and its reason."""

        def found() -> tuple[str, str] | None:
            for letter in self.dead_letters():
                if order_id in letter["Body"]:
                    attributes = letter["MessageAttributes"]
                    return letter["Body"], attributes["reason"]["StringValue"]
            return None

        return wait_for(found, f"dead letter of {order_id}")

    def logged(self, function: str, message: str) -> list[dict[str, Any]]:
        """Return the lines of a function with this message."""
        name = self.resource("aws:lambda/function:Function", function)
        lines = [json.loads(line) for each, line in self.lines if each == name and line[0] == "{"]
        return [line for line in lines if line.get("message") == message]

    def audit(self, tenant: str) -> list[dict[str, Any]]:
        """Return the events in a tenant's audit trail."""
        s3, bucket = self.cloud.clients.s3, self.resource("aws:s3/bucket:Bucket", BUCKET)
        found = s3.list_objects_v2(Bucket=bucket, Prefix=f"audit/{tenant}/")
        return [
            json.loads(s3.get_object(Bucket=bucket, Key=each.get("Key", ""))["Body"].read())
            for each in found.get("Contents", [])
        ]

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Let the payment service fail while the block lasts."""
        with payment_service(self.cloud) as payments:
            payments.outage(down=True)
            try:
                yield
            finally:
                payments.outage(down=False)

    def charges(self, order_id: str) -> list[tuple[int, bool]]:
        """Return amount and whether it was refunded of each charge of an order."""
        with payment_service(self.cloud) as payments:
            return [
                (each.amount_cents, each.refund_id is not None)
                for each in payments.charges()
                if each.reference == order_id
            ]


BUCKET = "orders-files-private"


def order(sku: str = "mug", quantity: int = 1, customer_id: str = "c-1") -> dict[str, Any]:
    return {
        "customer": {
            "customer_id": customer_id,
            "name": "Ada Planted-Name",
            "email": "planted-address@example.com",
            "address": "1 Planted Street",
        },
        "lines": [{"sku": sku, "quantity": quantity}],
    }
