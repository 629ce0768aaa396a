"""The table and the workflows as the routes use them."""

from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Key
from botocore.exceptions import ClientError

from runtime.orders.order_api.fields import PaymentView
from runtime.orders.shared.order import Order, OrderKey, Settlement, settlement_row
from runtime.orders.shared.rows import OrderRows
from runtime.shared.aws_errors import calling, error_code

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table
    from types_boto3_dynamodb.type_defs import QueryInputTableQueryTypeDef
    from types_boto3_stepfunctions import SFNClient

BY_ADDRESS = "by-address"
REFUSED = "RefusedByApprover"
_NOBODY_WAITS = frozenset({"TaskDoesNotExist", "TaskTimedOut", "InvalidToken"})


class DynamoOrders(OrderRows):
    """Implements `core.Orders`."""

    def __init__(self, table: "Table", notices: "Table") -> None:
        """`notices` has what customers were told."""
        super().__init__(table)
        self._notices = notices

    def page(self, tenant: str, limit: int, after: str | None) -> tuple[list[Order], bool]:
        """Return orders by id; DynamoDB may end a page early, at 1 MB."""
        query: QueryInputTableQueryTypeDef = {
            "KeyConditionExpression": Key("pk").eq(tenant) & Key("sk").begins_with("ORDER#"),
            "Limit": limit,
        }
        if after:
            query["ExclusiveStartKey"] = OrderKey(tenant, after).order
        with calling("dynamodb"):
            found = self.table.query(**query)
        return [Order.model_validate(item) for item in found["Items"]], "LastEvaluatedKey" in found

    def of_address(self, tenant: str, email_hash: str, limit: int) -> list[Order]:
        """Return the latest orders of an address, by an index that is a moment behind."""
        with calling("dynamodb"):
            found = self.table.query(
                IndexName=BY_ADDRESS,
                KeyConditionExpression=Key("address").eq(f"{tenant}#{email_hash}"),
                ScanIndexForward=False,
                Limit=limit,
            )
        return [Order.model_validate(item) for item in found["Items"]]

    def payment(self, key: OrderKey) -> PaymentView | None:
        """Return what was charged, or None."""
        row = self.row(key.row("PAYMENT"))
        return PaymentView.model_validate(row) if row else None

    def told(self, key: OrderKey) -> list[str]:
        """Return the events that the customer was told of."""
        with calling("dynamodb"):
            found = self._notices.query(KeyConditionExpression=Key("pk").eq(key.notices))
        return [str(item["sk"]) for item in found["Items"]]

    def settlement(self, tenant: str, day: str) -> Settlement | None:
        """Return what a day's payments add up to, or None."""
        row = self.row(settlement_row(tenant, day))
        return Settlement.model_validate(row) if row else None

    def question(self, key: OrderKey) -> str | None:
        """Return the token of the workflow that waits for a decision, or None."""
        row = self.row(key.row("APPROVAL"))
        return str(row["token"]) if row else None


class WaitingWorkflows:
    """Implements `core.Approvals`."""

    def __init__(self, states: "SFNClient") -> None:
        self._states = states

    def decide(self, token: str, *, approved: bool) -> bool:
        """Hand over the decision; False when nobody waits for it any more."""
        try:
            with calling("states"):
                if approved:
                    self._states.send_task_success(taskToken=token, output='{"approved": true}')
                else:
                    cause = "A person refused the order."
                    self._states.send_task_failure(taskToken=token, error=REFUSED, cause=cause)
        except ClientError as error:
            if error_code(error) in _NOBODY_WAITS:
                return False
            raise
        return True
