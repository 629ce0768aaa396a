"""Writes of DynamoDB that happen together or not at all."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from runtime.shared.aws_errors import calling, error_code
from runtime.shared.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from types_boto3_dynamodb.client import DynamoDBClient
    from types_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

_CONDITION = "ConditionalCheckFailed"


def transact(client: "DynamoDBClient", writes: "Sequence[TransactWriteItemTypeDef]") -> list[bool]:
    """Do all writes, or none; returns whether each one's condition held: all, if they were done.

    Raises:
        UnavailableError: another transaction was at the same items, or there were too many.
    """
    try:
        with calling("dynamodb"):
            client.transact_write_items(TransactItems=writes)
    except ClientError as error:
        if error_code(error) != "TransactionCanceledException":
            raise
        reasons = [
            str(reason.get("Code", "None"))
            for reason in error.response.get("CancellationReasons", [])
        ]
        if _CONDITION not in reasons:
            raise UnavailableError(f"dynamodb cancelled a transaction: {reasons}") from error
        return [reason != _CONDITION for reason in reasons]
    return [True] * len(writes)
