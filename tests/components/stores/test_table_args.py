"""Indexes, number keys and streams of a table, and what `allow` covers of them."""

import json
from typing import Any

import pytest

from pulumi_rampart.permission import policy_document
from pulumi_rampart.stores.table import SecureTable
from pulumi_rampart.stores.table_args import SecureTableArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, BOUNDARY, recorded

TABLE = "aws:dynamodb/table:Table"
ARN = f"arn:aws:dynamodb:eu-central-1:{ACCOUNT}:table/orders"
BY_CUSTOMER = {"by-customer": {"hash_key": "customer", "range_key": "at"}}


def arguments(**more: object) -> SecureTableArgs:
    return {"boundary": BOUNDARY, "hash_key": "pk", **more}  # type: ignore[typeddict-item]  # any


def table(**more: object) -> Graph:
    return recorded(lambda: SecureTable("orders", arguments(**more)))


def made(**more: object) -> dict[str, Any]:
    return table(**more).one(TABLE, "orders").inputs


def test_items_are_found_by_the_keys_of_an_index_whose_attributes_are_declared() -> None:
    # when
    inputs = made(indexes=BY_CUSTOMER, number_keys=["at"])

    # then
    assert inputs["globalSecondaryIndexes"] == [
        {
            "name": "by-customer",
            "keySchemas": [
                {"attributeName": "customer", "keyType": "HASH"},
                {"attributeName": "at", "keyType": "RANGE"},
            ],
            "projectionType": "ALL",
        }
    ]
    assert inputs["attributes"] == [
        {"name": "pk", "type": "S"},
        {"name": "customer", "type": "S"},
        {"name": "at", "type": "N"},
    ]


def test_a_key_of_table_and_index_is_declared_once() -> None:
    # when
    inputs = made(indexes={"turned": {"hash_key": "sk", "range_key": "pk"}}, range_key="sk")

    # then
    assert [one["name"] for one in inputs["attributes"]] == ["pk", "sk"]


@pytest.mark.parametrize(
    ("projection", "expected"),
    [
        (["total"], {"projectionType": "INCLUDE", "nonKeyAttributes": ["total"]}),
        ([], {"projectionType": "KEYS_ONLY"}),
    ],
)
def test_an_index_may_repeat_some_attributes_or_keys_alone(
    projection: list[str], expected: dict[str, Any]
) -> None:
    # when
    (index,) = made(indexes={"by-at": {"hash_key": "at", "projection": projection}})[
        "globalSecondaryIndexes"
    ]

    # then
    assert {key: index[key] for key in index if key not in {"name", "keySchemas"}} == expected


def test_a_number_key_may_say_when_an_item_goes() -> None:
    # when
    inputs = made(range_key="until", number_keys=["until"], expires_at="until")

    # then
    assert inputs["ttl"] == {"enabled": True, "attributeName": "until"}


@pytest.mark.parametrize(
    ("word", "view"),
    [
        ("new", "NEW_IMAGE"),
        ("old", "OLD_IMAGE"),
        ("both", "NEW_AND_OLD_IMAGES"),
        ("keys", "KEYS_ONLY"),
    ],
)
def test_a_stream_shows_what_was_asked_for(word: str, view: str) -> None:
    # when
    inputs = made(stream=word)

    # then
    assert (inputs["streamEnabled"], inputs["streamViewType"]) == (True, view)


def test_a_table_has_neither_indexes_nor_a_stream_unless_they_are_asked_for() -> None:
    # when
    graph = table()

    # then
    words = {"globalSecondaryIndexes", "streamEnabled", "streamViewType"}
    assert not words & graph.one(TABLE, "orders").inputs.keys()
    assert not graph.of("aws:sqs/queue:Queue")


def granted(*actions: str, **more: object) -> dict[str, list[str]]:
    """Return for each action of DynamoDB the resources that `allow` grants it on."""
    documents: list[str] = []

    def program() -> None:
        allowed = SecureTable("orders", arguments(**more)).allow(*actions)
        policy_document([allowed]).apply(documents.append)

    recorded(program)
    found: dict[str, list[str]] = {}
    for statement in json.loads(documents[0])["Statement"]:
        for action in statement["Action"]:
            found.setdefault(action, []).extend(statement["Resource"])
    return {action: found[action] for action in found if action.startswith("dynamodb:")}


def test_what_reads_by_an_index_is_allowed_on_the_indexes_and_nothing_else_is() -> None:
    # when
    allowed = granted("Query", "GetItem", "PutItem", indexes=BY_CUSTOMER)

    # then
    assert allowed == {
        "dynamodb:Query": [ARN, f"{ARN}/index/*"],
        "dynamodb:GetItem": [ARN],
        "dynamodb:PutItem": [ARN],
    }


def test_without_indexes_nothing_is_allowed_on_any() -> None:
    assert granted("Query") == {"dynamodb:Query": [ARN]}


def test_a_long_name_is_refused_only_where_there_are_dead_letters_to_carry_it() -> None:
    assert recorded(lambda: SecureTable("t" * 90, arguments())).one(TABLE, "t" * 90)
