"""The routes of orders and products."""

from http import HTTPStatus
from re import fullmatch

from aws_lambda_powertools.event_handler import Response

from runtime.orders.order_api.core import OrderDesk
from runtime.orders.order_api.fields import Decide, ListQuery, PutProduct
from runtime.orders.order_api.imports import Imports
from runtime.orders.order_api.products import Products
from runtime.orders.shared.intake import PlaceOrder
from runtime.orders.shared.order import DAY, ORDER_ID, SKU
from runtime.shared.api import Api, named
from runtime.shared.once import HEADER, KEY
from runtime.shared.problem import wrong_field


class OrderRoutes:
    """Declares every route on an API."""

    def __init__(self, api: Api, desk: OrderDesk, products: Products, imports: Imports) -> None:
        self._api, self._desk, self._products, self._imports = api, desk, products, imports
        routes = api.routes
        routes.post("/orders")(self.place)
        routes.get("/orders")(self.page)
        routes.get("/orders/<order_id>")(self.read)
        routes.post("/orders/<order_id>/approval")(self.decide)
        routes.put("/products/<sku>")(self.put_product)
        routes.get("/products/<sku>")(self.product)
        routes.post("/imports")(self.start_import)
        routes.get("/imports/<import_id>")(self.import_report)
        routes.get("/settlements/<day>")(self.settlement)

    def place(self) -> Response[str]:
        """Take an order."""
        api = self._api
        request, key = api.body(PlaceOrder), api.header(HEADER)
        if key is None or not fullmatch(KEY, key):
            detail = "is required: 1 to 64 letters, digits, `_` or `-`, the same when you repeat it"
            raise wrong_field(HEADER, detail)
        receipt = self._desk.place(api.caller, request, key, api.correlation_id)
        location = f"orders/{receipt.order_id}"
        return api.answer(receipt, HTTPStatus.ACCEPTED, Location=location)

    def page(self) -> Response[str]:
        """Return one page of orders."""
        return self._api.answer(self._desk.page(self._api.caller, self._api.query(ListQuery)))

    def read(self, order_id: str) -> Response[str]:
        """Return one order."""
        return self._api.answer(self._desk.read(self._api.caller, _order(order_id)))

    def decide(self, order_id: str) -> Response[str]:
        """Take the decision on an order."""
        request = self._api.body(Decide)
        receipt = self._desk.decide(self._api.caller, _order(order_id), request)
        return self._api.answer(receipt, HTTPStatus.ACCEPTED)

    def put_product(self, sku: str) -> Response[str]:
        """Offer a product."""
        request = self._api.body(PutProduct)
        return self._api.answer(self._products.put(self._api.caller, _sku(sku), request))

    def product(self, sku: str) -> Response[str]:
        """Return one product."""
        return self._api.answer(self._products.read(self._api.caller, _sku(sku)))

    def start_import(self) -> Response[str]:
        """Return a form that uploads a file of orders."""
        return self._api.answer(self._imports.form(self._api.caller), HTTPStatus.CREATED)

    def import_report(self, import_id: str) -> Response[str]:
        """Return what became of a file of orders."""
        named(ORDER_ID, import_id, "import")
        return self._api.answer(self._imports.report(self._api.caller, import_id))

    def settlement(self, day: str) -> Response[str]:
        """Return what a day's payments add up to."""
        found = self._desk.settlement(self._api.caller, named(DAY, day, "settlement"))
        return self._api.answer(found)


def _order(value: str) -> str:
    return named(ORDER_ID, value, "order")


def _sku(value: str) -> str:
    return named(SKU, value, "product")
