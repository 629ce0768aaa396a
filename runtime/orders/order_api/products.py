"""What can be ordered: a tenant's products."""

from typing import TYPE_CHECKING

from runtime.orders.order_api.fields import ProductView, PutProduct
from runtime.orders.shared.order import product_row
from runtime.shared.aws_errors import calling
from runtime.shared.identity import Caller
from runtime.shared.problem import not_found

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table


class Products:
    """The products of all tenants, one row each."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def put(self, caller: Caller, sku: str, request: PutProduct) -> ProductView:
        """Offer a product, or change what is offered."""
        row = product_row(caller.tenant, sku)
        with calling("dynamodb"):
            self._table.put_item(Item={**row, "sku": sku, **request.model_dump()})
        return ProductView(sku=sku, **request.model_dump())

    def read(self, caller: Caller, sku: str) -> ProductView:
        """Return one product."""
        with calling("dynamodb"):
            found = self._table.get_item(Key=product_row(caller.tenant, sku), ConsistentRead=True)
        if "Item" not in found:
            raise not_found("product")
        return ProductView.model_validate(found["Item"])
