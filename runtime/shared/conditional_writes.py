"""DynamoDB writes that happen only if a condition holds, and say whether they did."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from runtime.shared.aws_errors import calling, error_code

if TYPE_CHECKING:
    from types_boto3_dynamodb.service_resource import Table
    from types_boto3_dynamodb.type_defs import (
        DeleteItemInputTableDeleteItemTypeDef,
        PutItemInputTablePutItemTypeDef,
        UpdateItemInputTableUpdateItemTypeDef,
    )


def put_if(table: "Table", request: "PutItemInputTablePutItemTypeDef") -> bool:
    """Put the item; False when its condition did not hold."""
    return _held(lambda: table.put_item(**request))


def update_if(table: "Table", request: "UpdateItemInputTableUpdateItemTypeDef") -> bool:
    """Update the item; False when its condition did not hold."""
    return _held(lambda: table.update_item(**request))


def delete_if(table: "Table", request: "DeleteItemInputTableDeleteItemTypeDef") -> bool:
    """Delete the item; False when its condition did not hold."""
    return _held(lambda: table.delete_item(**request))


def _held(write: Callable[[], object]) -> bool:
    try:
        with calling("dynamodb"):
            write()
    except ClientError as error:
        if error_code(error) == "ConditionalCheckFailedException":
            return False
        raise
    return True
