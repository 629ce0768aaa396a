"""Changes of a table reach the function of its mapping: each, in order, also after a restart."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rampart_local.deploy import Deployment, deploy
from tests.end_to_end.knowledge import wait_for

PROGRAM = Path(__file__).parent / "program"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("laptop")


def put(cloud: Deployment, *ids: str, how: str = "") -> None:
    for each in ids:
        item = {"id": {"S": each}} | ({"how": {"S": how}} if how else {})
        cloud.clients.dynamodb.put_item(TableName=cloud.exports["changed"], Item=item)


def times(cloud: Deployment, item_id: str) -> int:
    """Return how often the function saw an item."""
    found = cloud.clients.dynamodb.get_item(
        TableName=cloud.exports["seen"], Key={"id": {"S": item_id}}
    )
    return int(found.get("Item", {}).get("times", {}).get("N", "0"))


def becomes(cloud: Deployment, item_id: str, right: Callable[[int], bool]) -> int:
    return wait_for(
        lambda: seen if right(seen := times(cloud, item_id)) else None, f"sight of {item_id}"
    )


def letters(cloud: Deployment, number: int) -> list[dict[str, Any]]:
    """Wait for so many records of batches that were given up."""
    found: list[dict[str, Any]] = []

    def enough() -> bool | None:
        answer = cloud.clients.sqs.receive_message(
            QueueUrl=cloud.exports["failed"], MaxNumberOfMessages=10
        )
        for message in answer.get("Messages", []):
            found.append(json.loads(message.get("Body", "")))
            cloud.clients.sqs.delete_message(
                QueueUrl=cloud.exports["failed"], ReceiptHandle=message.get("ReceiptHandle", "")
            )
        return True if len(found) >= number else None

    wait_for(enough, f"{number} letters")
    return found


def test_changes_are_delivered_as_the_mapping_says_and_kept_between_runs(folder: Path) -> None:
    with deploy(PROGRAM, stack="dev", state_folder=folder) as cloud:
        # what is new comes by once, what is changed not at all
        put(cloud, "a", "b")
        put(cloud, "a")
        becomes(cloud, "b", lambda seen: seen == 1)

        # one that always fails is tried three times and given up; those beside it are worked on
        put(cloud, "c")
        put(cloud, "bad", how="raises")
        put(cloud, "d")
        becomes(cloud, "d", lambda seen: seen >= 1)
        (letter,) = letters(cloud, 1)
        assert letter["requestContext"]["condition"] == "RetryAttemptsExhausted"
        assert letter["DDBStreamBatchInfo"]["batchSize"] == 1

        # one that the function names is tried again, and what stands before it is not
        put(cloud, "e")
        becomes(cloud, "e", lambda seen: seen == 1)
        put(cloud, "named", how="names itself")
        put(cloud, "f")
        letters(cloud, 1)
        becomes(cloud, "f", lambda seen: seen >= 1)
        assert times(cloud, "named") >= 3
        assert times(cloud, "a") == 1
        assert times(cloud, "e") == 1
        before = {each: times(cloud, each) for each in "abcdef"}

    # after a restart what is new comes by, and nothing of before does again
    with deploy(PROGRAM, stack="dev", state_folder=folder) as cloud:
        put(cloud, "g", "h")
        for each in "gh":
            becomes(cloud, each, lambda seen: seen == 1)
        assert {each: times(cloud, each) for each in "abcdef"} == before
