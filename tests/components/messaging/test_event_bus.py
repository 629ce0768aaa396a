import pytest

from pulumi_rampart.messaging.event_bus import EventBus
from pulumi_rampart.permission import policy_document
from pulumi_rampart.testing import Graph
from tests.components.wall import ACCOUNT, BOUNDARY, KEY, recorded, refusal, statements


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


@pytest.mark.parametrize("days", [0, 3651])
def test_an_archive_longer_than_eventbridge_keeps_is_refused(days: int) -> None:
    # when
    message = refusal(
        lambda: EventBus("shop", {"boundary": BOUNDARY, "sources": ["a"], "archive_days": days})
    )

    # then
    assert message.startswith(f"shop.archive_days={days}: a whole number from 1 to 3650 is allowed")
