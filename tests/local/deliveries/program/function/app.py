"""Notes the items that come by; an item says itself how the function fails on it."""

import os
from typing import Any

import boto3

table = boto3.resource("dynamodb").Table(os.environ["SEEN"])


def handle(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Note each item, until one fails."""
    for record in event["Records"]:
        item = record["dynamodb"]["NewImage"]
        how = item.get("how", {}).get("S", "")
        table.update_item(
            Key={"id": item["id"]["S"]},
            UpdateExpression="ADD times :one",
            ExpressionAttributeValues={":one": 1},
        )
        if how == "raises":
            raise RuntimeError("told to")
        if how == "names itself":
            number = record["dynamodb"]["SequenceNumber"]
            return {"batchItemFailures": [{"itemIdentifier": number}]}
    return {"batchItemFailures": []}
