from typing import Any

import pytest

from pulumi_rampart.messaging.event_bus import EventBus
from pulumi_rampart.permission import policy_document
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, BOUNDARY, KEY, recorded, refusal, statements


def bus() -> Graph:
    return recorded(lambda: EventBus("shop", {"boundary": BOUNDARY, "sources": ["shop.orders"]}))


def test_events_are_encrypted_and_can_be_replayed_for_a_month() -> None:
    # when
    graph = bus()

    # then
    made = graph.one("aws:cloudwatch/eventBus:EventBus", "shop")
    archive = graph.one("aws:cloudwatch/eventArchive:EventArchive", "shop-archive").inputs
    assert made.inputs == {"name": "shop-dev-shop", "kmsKeyIdentifier": KEY}
    assert archive["eventSourceArn"] == made.outputs["arn"]
    assert (archive["retentionDays"], archive["kmsKeyIdentifier"]) == (30, KEY)


def test_nobody_outside_the_account_publishes() -> None:
    # when
    policy = bus().one("aws:cloudwatch/eventBusPolicy:EventBusPolicy", "shop-policy").inputs

    # then
    (only,) = statements(policy["policy"])
    assert (only["Effect"], only["Action"]) == ("Deny", "events:PutEvents")
    assert only["Condition"] == {"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}}


def test_a_publisher_speaks_in_the_name_of_the_buss_sources_only() -> None:
    # given
    documents: list[str] = []

    def program() -> None:
        made = EventBus("shop", {"boundary": BOUNDARY, "sources": ["shop.orders"]})
        policy_document([made.publish("OrderPaid")]).apply(documents.append)

    # when
    recorded(program)

    # then
    (only,) = statements(documents[0])
    assert only["Resource"] == [f"arn:aws:events:eu-central-1:{ACCOUNT}:event-bus/shop-dev-shop"]
    assert only["Condition"] == {
        "StringEqualsIfExists": {
            "events:source": ["shop.orders"],
            "events:detail-type": ["OrderPaid"],
        }
    }


REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"source": ["shop"]},
        (
            ".source: there is no such argument; did you mean `sources`? Allowed are `boundary`, "
            "`sources`, `archive_days`."
        ),
    ),
    ({"sources": "shop"}, ".sources='shop': a list is wanted; put the text in brackets."),
    ({"sources": [1]}, ".sources[0]=1: a text is wanted, not int."),
    (
        {"sources": []},
        ".sources: 1 to 100 entries are allowed, not 0; name who publishes.",
    ),
    (
        {"sources": ["aws.orders"]},
        (
            ".sources[0]='aws.orders': must match (?!aws\\.).{1,256}; only AWS services publish as "
            "`aws.`; name the program: shop.orders."
        ),
    ),
    *(
        (
            {"archive_days": days},
            (
                f".archive_days={days}: a whole number from 1 to 3650 is allowed; events that are "
                "worth more belong in a store."
            ),
        )
        for days in (0, 3651)
    ),
    ({"archive_days": 30.5}, ".archive_days=30.5: a whole number is wanted, not float."),
]


@pytest.mark.parametrize(("wrong", "why"), REFUSED)
def test_what_is_no_bus_is_refused(wrong: dict[str, Any], why: str) -> None:
    # when
    args: Any = {"boundary": BOUNDARY, "sources": ["shop.orders"], **wrong}

    # then
    assert refusal(lambda: EventBus("shop", args)) == f"shop{why}"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("the shop", "an EventBridge bus allows no ' ' in 'shop-dev-the shop'."),
        (
            "s" * 40,
            (
                f"an EventBridge archive allows 48 characters, and 'shop-dev-{'s' * 40}' has 49; "
                "take a name that is 1 shorter."
            ),
        ),
    ],
)
def test_a_name_that_neither_bus_nor_archive_can_have_is_refused(name: str, why: str) -> None:
    # when
    message = refusal(lambda: EventBus(name, {"boundary": BOUNDARY, "sources": ["shop"]}))

    # then
    assert message == f"{name}: is not possible as a name: {why}"


def test_whole_numbers_may_arrive_as_floats_as_other_languages_send_them() -> None:
    # given
    args: Any = {"boundary": BOUNDARY, "sources": ["shop"], "archive_days": 7.0}

    # when
    graph = recorded(lambda: EventBus("shop", args))

    # then
    archive = graph.one("aws:cloudwatch/eventArchive:EventArchive", "shop-archive").inputs
    assert archive["retentionDays"] == 7
