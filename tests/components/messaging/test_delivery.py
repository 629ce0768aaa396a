"""Which messages of a topic reach a queue."""

import json
from typing import Any

import pytest

from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.messaging.topic import Topic
from tests.components.inside import BOUNDARY, recorded, refused_after

SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"


def deliver(**choices: Any) -> None:  # noqa: ANN401  # any choice
    topic = Topic("accepted", {"boundary": BOUNDARY})
    jobs = ObservedQueue(
        "jobs",
        {"boundary": BOUNDARY, "consumer_timeout_seconds": 60, "senders": [topic.sender]},
    )
    topic.deliver("accepted-to-jobs", jobs, **choices)


def subscription(**choices: Any) -> dict[str, Any]:  # noqa: ANN401  # any choice
    return recorded(lambda: deliver(**choices)).one(SUBSCRIPTION, "accepted-to-jobs").inputs


@pytest.mark.parametrize(
    ("choices", "scope"),
    [
        ({"filter": '{"kind": ["order"]}'}, "MessageAttributes"),
        ({"filter": '{"kind": ["order"]}', "filter_on": "attributes"}, "MessageAttributes"),
        ({"filter": '{"order": {"kind": ["new"]}}', "filter_on": "body"}, "MessageBody"),
    ],
)
def test_only_messages_that_match_reach_the_queue(choices: dict[str, str], scope: str) -> None:
    # when
    made = subscription(**choices)

    # then
    assert (made["filterPolicy"], made["filterPolicyScope"]) == (choices["filter"], scope)


def test_a_message_may_come_wrapped_in_what_is_known_of_its_delivery() -> None:
    assert subscription(raw=False)["rawMessageDelivery"] is False


@pytest.mark.parametrize(
    ("choices", "why"),
    [
        (
            {"filter": '{"kind": "order"}'},
            "filter='{\"kind\": \"order\"}': kind is 'order'; SNS matches lists: ['order'].",
        ),
        (
            {"filter": json.dumps({f"k{n}": [1] for n in range(6)})},
            "filter: 6 keys, and SNS allows 5; let the consumer look at the rest.",
        ),
        (
            {"filter": '{"order": {"kind": ["new"]}}'},
            (
                "filter: order is an object, and attributes are not nested; set `filter_on` to "
                "`body`."
            ),
        ),
        (
            {"filter_on": "body"},
            "filter_on: there is no `filter`; write one, or leave it out.",
        ),
        (
            {"filter": '{"kind": ["order"]}', "filter_on": "header"},
            (
                "filter_on='header': allowed are 'attributes', 'body'; a message has these two "
                "parts."
            ),
        ),
    ],
)
def test_what_sns_refuses_of_a_filter_is_refused(choices: dict[str, Any], why: str) -> None:
    assert refused_after(lambda: deliver(**choices), SUBSCRIPTION) == f"accepted-to-jobs.{why}"
