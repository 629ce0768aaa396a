"""Batches of a table's stream that failed: read again, and worked on again."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from rampart_local.dead_letters.services import Services

GONE = (
    "the changes are gone: a stream keeps them for 24 hours. What is in the table now is all there "
    "is; write the items again to have them come by once more"
)
# https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html
_TRIMMED = frozenset({"TrimmedDataAccessException", "ResourceNotFoundException"})


def replay_batch(services: Services, function: str, batch: Mapping[str, Any]) -> str:
    """Read the changes of a failed batch again and call the function with them, and wait for it.

    Args:
        services: of the stack.
        function: its ARN.
        batch: `DDBStreamBatchInfo` of Lambda's record.

    Returns:
        Why it failed; empty when the function has worked on all of it.
    """
    try:
        records = list(_records(services, batch))
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in _TRIMMED:
            return GONE
        raise
    if not records:
        return GONE
    event = json.dumps({"Records": [_event(each, batch) for each in records]}, default=_json)
    answer = services.lambda_.invoke(FunctionName=function, Payload=event)
    said: dict[str, Any] = json.loads(answer["Payload"].read() or b"null") or {}
    if "FunctionError" in answer:
        return f"the function failed again: {said.get('errorType')}: {said.get('errorMessage')}"
    failed: list[Any] = said.get("batchItemFailures") or []
    if failed:
        return f"the function failed again, on {len(failed)} of {len(records)} changes"
    return ""


def _records(services: Services, batch: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the changes from the first to the last of the batch."""
    streams, last = services.dynamodbstreams, int(batch["endSequenceNumber"])
    iterator: str | None = streams.get_shard_iterator(
        StreamArn=batch["streamArn"],
        ShardId=batch["shardId"],
        ShardIteratorType="AT_SEQUENCE_NUMBER",
        SequenceNumber=batch["startSequenceNumber"],
    )["ShardIterator"]
    left = int(batch.get("batchSize", 1))
    while iterator and left > 0:
        answer = streams.get_records(ShardIterator=iterator, Limit=min(left, 1000))
        if not answer["Records"]:
            return
        for record in answer["Records"]:
            if int(record["dynamodb"]["SequenceNumber"]) > last:
                return
            yield record
            left -= 1
        iterator = answer.get("NextShardIterator")


def _event(record: dict[str, Any], batch: Mapping[str, Any]) -> dict[str, Any]:
    """Return a change as Lambda hands it over."""
    return {**record, "eventSourceARN": batch["streamArn"]}


def _json(value: object) -> Any:  # noqa: ANN401 - what JSON takes
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, bytes):
        return value.decode("latin-1")
    raise TypeError(f"{type(value).__name__} is nothing that a stream has")
