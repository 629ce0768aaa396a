"""The table of orders as settlements read and write it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Key

from runtime.orders.settlement.core import Payment
from runtime.orders.shared.order import Settlement, settlement_row
from runtime.shared.aws_errors import calling

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table
    from types_boto3_dynamodb.type_defs import QueryInputTableQueryTypeDef

BY_DAY = "by-day"


class DynamoLedger:
    """Implements `core.Ledger`."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def of_day(self, day: str) -> Iterator[Payment]:
        """Yield the payments of all tenants that were captured on a day, page by page."""
        query: QueryInputTableQueryTypeDef = {
            "IndexName": BY_DAY,
            "KeyConditionExpression": Key("day").eq(day),
        }
        while True:
            with calling("dynamodb"):
                found = self._table.query(**query)
            for item in found["Items"]:
                yield Payment(
                    tenant=str(item["pk"]),
                    amount_cents=int(str(item["amount_cents"])),
                    refunded=item["state"] == "refunded",
                )
            if "LastEvaluatedKey" not in found:
                return
            query["ExclusiveStartKey"] = found["LastEvaluatedKey"]

    def settle(self, tenant: str, settlement: Settlement) -> None:
        """Keep a settlement in place of an earlier one of the day."""
        row = settlement_row(tenant, settlement.day)
        with calling("dynamodb"):
            self._table.put_item(Item={**row, **settlement.model_dump()})
