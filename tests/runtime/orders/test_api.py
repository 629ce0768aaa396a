"""The routes of orders, with the events of API Gateway."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
from aws_lambda_powertools import Logger, Metrics

from runtime.orders.order_api.core import OrderDesk
from runtime.orders.order_api.imports import Imports
from runtime.orders.order_api.products import Products
from runtime.orders.order_api.routes import OrderRoutes
from runtime.orders.order_api.stores import DynamoOrders
from runtime.orders.shared.order import settlement_row
from runtime.shared.api import Api
from runtime.shared.clients import s3_client
from tests.runtime.orders.world import World, order

ORDER = order().model_dump()


@dataclass
class Waiting:
    """Workflows that wait, and what they were told."""

    tokens: set[str]
    decisions: list[tuple[str, bool]]

    def decide(self, token: str, *, approved: bool) -> bool:
        if token not in self.tokens:
            return False
        self.tokens.remove(token)
        self.decisions.append((token, approved))
        return True


@dataclass
class Answer:
    """What a client gets."""

    status: int
    body: Any
    headers: dict[str, str]


class Client:
    """Asks in the name of a tenant's user."""

    def __init__(self, world: World, tenant: str | None = None) -> None:
        self.tenant = tenant or world.tenant
        self.waiting = Waiting(set(), [])
        api = Api(Logger(service="tests"), Metrics(namespace="tests", service="orders"), "")
        desk = OrderDesk(
            world.intake, DynamoOrders(world.table, world.notices), self.waiting, world.vault
        )
        OrderRoutes(api, desk, Products(world.table), Imports(s3_client(), "files"))
        self._api = api

    def __call__(
        self,
        method: str,
        path: str,
        body: object = None,
        key: str | None = None,
        query: dict[str, str] | None = None,
    ) -> Answer:
        event = {
            "httpMethod": method,
            "path": path,
            "headers": {"Idempotency-Key": key} if key else {},
            "multiValueHeaders": {},
            "queryStringParameters": query,
            "body": body if isinstance(body, str) else json.dumps(body),
            "isBase64Encoded": False,
            "requestContext": {
                "requestId": "request-1",
                "authorizer": {"tenant": self.tenant, "subject": "user-1"},
            },
        }
        lambda_context: Any = None
        answer = self._api.routes.resolve(event, lambda_context)
        headers = {
            name: value[0] if isinstance(value, list) else value
            for name, value in answer.get("multiValueHeaders", {}).items()
        }
        content = json.loads(answer["body"]) if answer["body"] else None
        return Answer(answer["statusCode"], content, headers)


@pytest.fixture
def client(world: World) -> Client:
    return Client(world)


def test_an_order_is_taken_and_read_with_its_customer(world: World, client: Client) -> None:
    # when
    taken = client("POST", "/orders", ORDER, key="k-1")
    world.process()
    read = client("GET", f"/orders/{taken.body['order_id']}")

    # then
    assert taken.status == HTTPStatus.ACCEPTED
    assert taken.headers["Location"] == f"orders/{taken.body['order_id']}"
    assert read.body["customer"] == ORDER["customer"]
    assert (read.body["status"], read.body["amount_cents"]) == ("paid", 1200)
    assert read.body["payment"]["state"] == "captured"


def test_a_repeated_request_is_the_same_order(client: Client) -> None:
    answers = [client("POST", "/orders", ORDER, key="k-1") for _ in range(2)]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("key", [None, "", "k 1", "x" * 65])
def test_an_order_needs_a_key(client: Client, key: str | None) -> None:
    answer = client("POST", "/orders", ORDER, key=key)
    assert answer.status == HTTPStatus.BAD_REQUEST
    assert answer.body["errors"][0]["field"] == "Idempotency-Key"


def test_a_key_is_good_for_one_order(client: Client) -> None:
    client("POST", "/orders", ORDER, key="k-1")
    other = client("POST", "/orders", order(quantity=2).model_dump(), key="k-1")
    assert other.status == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("{nope", "body"),
        ({**ORDER, "lines": []}, "lines"),
        ({**ORDER, "lines": [{"sku": "../x", "quantity": 1}]}, "lines.0.sku"),
        ({**ORDER, "lines": [{"sku": "mug", "quantity": -1}]}, "lines.0.quantity"),
        ({**ORDER, "lines": [{"sku": "mug", "quantity": 1}] * 51}, "lines"),
        ({**ORDER, "customer": {**ORDER["customer"], "email": "ada"}}, "customer.email"),
        ({**ORDER, "discount": 100}, "discount"),
    ],
)
def test_what_is_no_order_is_refused_by_field(client: Client, body: object, field: str) -> None:
    answer = client("POST", "/orders", body, key="k-1")
    assert answer.status == HTTPStatus.BAD_REQUEST
    assert [error["field"] for error in answer.body["errors"]] == [field]


def test_a_tenant_sees_none_of_another_s(world: World, client: Client) -> None:
    # given
    taken = client("POST", "/orders", ORDER, key="k-1").body["order_id"]
    other = Client(world, f"{world.tenant}-2")

    # then
    assert other("GET", f"/orders/{taken}").status == HTTPStatus.NOT_FOUND
    assert other("GET", "/orders").body["items"] == []
    email = {"email": "ada@example.com"}
    assert other("GET", "/orders", query=email).body["items"] == []
    assert other("GET", "/products/mug").status == HTTPStatus.NOT_FOUND


def test_orders_are_listed_page_by_page_without_personal_data(client: Client) -> None:
    # given
    made = {client("POST", "/orders", ORDER, key=f"k-{n}").body["order_id"] for n in range(5)}

    # when
    pages = [client("GET", "/orders", query={"limit": "2"})]
    while after := pages[-1].body.get("next_after"):
        pages.append(client("GET", "/orders", query={"limit": "2", "after": after}))

    # then
    listed = [item["order_id"] for page in pages for item in page.body["items"]]
    assert (len(listed), set(listed)) == (5, made)
    assert "Ada" not in json.dumps([page.body for page in pages])


def test_orders_are_found_by_the_address_of_their_customer(client: Client) -> None:
    # given
    taken = client("POST", "/orders", ORDER, key="k-1").body["order_id"]
    someone = {**ORDER, "customer": {**ORDER["customer"], "email": "bob@example.com"}}
    client("POST", "/orders", someone, key="k-2")

    # then
    found = client("GET", "/orders", query={"email": "ADA@example.com"})
    assert [item["order_id"] for item in found.body["items"]] == [taken]


@pytest.mark.parametrize("approved", [True, False])
def test_a_decision_reaches_the_workflow_that_waits_for_it(
    world: World, client: Client, *, approved: bool
) -> None:
    # given
    key = world.paid()
    world.step("ask", key, token="t-1")
    client.waiting.tokens.add("t-1")
    path = f"/orders/{key.order_id}/approval"

    # then
    assert client("POST", path, {"approved": approved}).status == HTTPStatus.ACCEPTED
    assert client.waiting.decisions == [("t-1", approved)]
    assert client("POST", path, {"approved": approved}).status == HTTPStatus.CONFLICT


def test_an_order_that_waits_for_nobody_takes_no_decision(world: World, client: Client) -> None:
    key = world.paid()
    answer = client("POST", f"/orders/{key.order_id}/approval", {"approved": True})
    assert answer.status == HTTPStatus.CONFLICT


@pytest.mark.parametrize(
    "path",
    [
        "/orders/nope",
        "/orders/00000000-0000-4000-8000-000000000000",
        "/products/%00",
        "/products/" + "x" * 1500,
        "/settlements/2026-01-01",
        "/settlements/x",
        "/imports/x",
    ],
)
def test_what_there_is_not_is_a_404(client: Client, path: str) -> None:
    assert client("GET", path).status == HTTPStatus.NOT_FOUND


def test_an_order_says_what_its_customer_was_told(world: World, client: Client) -> None:
    key = world.paid()
    world.notices.put_item(Item={"pk": key.notices, "sk": "PaymentCaptured"})
    assert client("GET", f"/orders/{key.order_id}").body["told"] == ["PaymentCaptured"]


def test_a_product_is_offered_and_read(client: Client) -> None:
    product = {"name": "Pen", "price_cents": 250, "stock": 3}
    assert client("PUT", "/products/pen", product).status == HTTPStatus.OK
    read = client("GET", "/products/pen").body
    assert read == {**product, "sku": "pen", "shippable": True}
    free = client("PUT", "/products/pen", {**product, "price_cents": 0})
    assert free.status == HTTPStatus.BAD_REQUEST


def test_a_settlement_is_read(world: World, client: Client) -> None:
    sums = {"payments": 2, "captured_cents": 300, "refunds": 1, "refunded_cents": 100}
    row = settlement_row(world.tenant, "2026-01-01")
    world.table.put_item(Item={**row, "day": "2026-01-01", **sums})
    read = client("GET", "/settlements/2026-01-01").body
    assert read == {"day": "2026-01-01", **sums, "currency": "EUR"}


def test_a_file_is_uploaded_below_the_tenant_s_own_folder(client: Client) -> None:
    form = client("POST", "/imports").body
    key = form["fields"]["key"]
    assert key == f"imports/{client.tenant}/{form['import_id']}.jsonl"
