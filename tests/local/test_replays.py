"""Archived events come by again: those of the span, at the rules that are named."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from rampart_local.clients import Clients
from rampart_local.replays import Archive, Span, archive, replay, span
from tests.end_to_end.knowledge import wait_for

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


class Bus:
    """A bus with an archive, and two rules with a queue each."""

    def __init__(self, clients: Clients) -> None:
        self.clients, self.name = clients, f"bus-{uuid4().hex[:8]}"
        events: Any = clients.events
        arn = events.create_event_bus(Name=self.name)["EventBusArn"]
        events.create_archive(ArchiveName=f"dev-{self.name}", EventSourceArn=arn)
        self.queues = {rule: self._rule(rule) for rule in ("one", "other")}

    def _rule(self, rule: str) -> str:
        events: Any = self.clients.events
        sqs = self.clients.sqs
        pattern = json.dumps({"source": ["shop"]})
        arn = events.put_rule(Name=rule, EventBusName=self.name, EventPattern=pattern)["RuleArn"]
        url = sqs.create_queue(QueueName=f"{self.name}-{rule}")["QueueUrl"]
        described = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        queue = described["Attributes"]["QueueArn"]
        statement = {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": queue,
            "Condition": {"ArnEquals": {"aws:SourceArn": arn}},
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
        target = [{"Id": "queue", "Arn": queue}]
        events.put_targets(Rule=rule, EventBusName=self.name, Targets=target)
        return url

    def publish(self, number: int) -> None:
        entry = {
            "EventBusName": self.name,
            "Source": "shop",
            "DetailType": "Paid",
            "Detail": json.dumps({"number": number}),
        }
        self.clients.events.put_events(Entries=[entry])  # pyright: ignore[reportArgumentType]  # one entry

    def received(self, rule: str, number: int) -> list[int]:
        """Wait for so many events at a rule's queue, and take them away."""
        found: list[int] = []

        def enough() -> bool | None:
            answer = self.clients.sqs.receive_message(
                QueueUrl=self.queues[rule], MaxNumberOfMessages=10
            )
            for message in answer.get("Messages", []):
                found.append(json.loads(message.get("Body", ""))["detail"]["number"])
                self.clients.sqs.delete_message(
                    QueueUrl=self.queues[rule], ReceiptHandle=message.get("ReceiptHandle", "")
                )
            return True if len(found) >= number else None

        wait_for(enough, f"{number} events at {rule}")
        return sorted(found)


def test_events_of_the_span_come_by_again_at_the_named_rule(clients: Clients) -> None:
    # given
    bus = Bus(clients)
    for number in range(3):
        bus.publish(number)
    for rule in bus.queues:
        assert bus.received(rule, 3) == [0, 1, 2]
    now = datetime.now(UTC)
    found = archive(clients.events, bus.name)

    # when
    said: list[str] = []
    when = Span(now - timedelta(hours=1), now + timedelta(minutes=1))
    state = replay(clients.events, found, when, ["one"], say=said.append)

    # then
    assert state == "COMPLETED"
    assert said[-1].endswith("COMPLETED") or "COMPLETED, up to" in said[-1]
    assert bus.received("one", 3) == [0, 1, 2]
    assert not clients.sqs.receive_message(QueueUrl=bus.queues["other"]).get("Messages")


def test_an_archive_that_there_is_not_is_said_with_those_there_are(clients: Clients) -> None:
    bus = Bus(clients)
    assert archive(clients.events, bus.name) == archive(clients.events, f"dev-{bus.name}")
    assert isinstance(archive(clients.events, bus.name), Archive)
    with pytest.raises(LookupError, match=rf"0 archives are called 'nope'; .*dev-{bus.name}"):
        archive(clients.events, "nope")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2h", "30m", (NOW - timedelta(hours=2), NOW - timedelta(minutes=30))),
        (
            "2026-11-27T10:00",
            "2026-11-27T11:00+00:00",
            (NOW.replace(hour=10), NOW.replace(hour=11)),
        ),
        ("1d", "0s", (NOW - timedelta(days=1), NOW)),
    ],
)
def test_times_are_absolute_or_ago(
    start: str, end: str, expected: tuple[datetime, datetime]
) -> None:
    assert span(start, end, NOW) == Span(*expected)


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("yesterday", "0s", "no time"),
        ("1h", "2h", "not before"),
        ("2026-11-28", "2026-11-29", "in the future"),
    ],
)
def test_what_is_no_span_is_refused(start: str, end: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        span(start, end, NOW)
