import json
from typing import Any, cast

import pytest

from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.messaging.topic import Topic, TopicArgs
from pulumi_rampart.permission import policy_document
from pulumi_rampart.testing import Graph, Resource
from tests.components.inside import (
    ACCOUNT,
    ALARMS,
    BOUNDARY,
    KEY,
    recorded,
    refusal,
    refused_after,
    statements,
)

TOPIC = "aws:sns/topic:Topic"
QUEUE = "aws:sqs/queue:Queue"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"


def arguments(**more: object) -> TopicArgs:
    return cast("TopicArgs", {"boundary": BOUNDARY, **more})


def accepted(**more: object) -> Graph:
    return recorded(lambda: Topic("accepted", arguments(**more)))


def deliver(*, topic_fifo: bool = False, queue_fifo: bool = False, **choices: Any) -> None:  # noqa: ANN401  # any choice
    topic = Topic("accepted", arguments(fifo=topic_fifo))
    jobs = ObservedQueue(
        "jobs",
        {
            "boundary": BOUNDARY,
            "consumer_timeout_seconds": 60,
            "fifo": queue_fifo,
            "senders": [topic.sender],
        },
    )
    topic.deliver("accepted-to-jobs", jobs, **choices)


def delivered(**choices: Any) -> Graph:  # noqa: ANN401  # any choice
    return recorded(lambda: deliver(**choices))


def subscription(graph: Graph) -> Resource:
    return graph.one(SUBSCRIPTION, "accepted-to-jobs")


def test_messages_are_encrypted_with_the_customer_key() -> None:
    assert accepted().one(TOPIC, "accepted").inputs["kmsMasterKeyId"] == KEY


def test_nobody_may_publish_without_tls_and_no_service_unless_it_is_named() -> None:
    # when
    graph = accepted()

    # then
    (only,) = statements(graph.one(POLICY, "accepted-policy").inputs["policy"])
    assert (only["Effect"], only["Principal"], only["Action"]) == ("Deny", "*", "sns:Publish")
    assert only["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


POLICY = "aws:sns/topicPolicy:TopicPolicy"


def test_a_named_service_publishes_for_its_one_resource_of_this_account() -> None:
    # when
    graph = accepted(
        senders=[{"service": "s3.amazonaws.com", "source_arn": "arn:aws:s3:::uploads"}]
    )

    # then
    _, allowed = statements(graph.one(POLICY, "accepted-policy").inputs["policy"])
    assert allowed == {
        "Effect": "Allow",
        "Principal": {"Service": "s3.amazonaws.com"},
        "Action": "sns:Publish",
        "Resource": graph.one(TOPIC, "accepted").outputs["arn"],
        "Condition": {
            "ArnEquals": {"aws:SourceArn": "arn:aws:s3:::uploads"},
            "StringEquals": {"aws:SourceAccount": ACCOUNT},
        },
    }


def test_a_message_that_was_not_delivered_or_not_even_kept_raises_an_alarm() -> None:
    # when
    graph = accepted()

    # then
    name = graph.one(TOPIC, "accepted").outputs["name"]
    alarms = {one.name: one.inputs for one in graph.of(ALARM)}
    assert {key: one["metricName"] for key, one in alarms.items()} == {
        "accepted-failed": "NumberOfNotificationsFailed",
        "accepted-lost": "NumberOfNotificationsFailedToRedriveToDlq",
    }
    for one in alarms.values():
        assert one["dimensions"] == {"TopicName": name}
        assert (one["threshold"], one["alarmActions"]) == (0, [ALARMS])


def test_alarms_have_limits_of_their_own_and_may_be_off() -> None:
    # when
    graph = accepted(alarms={"failed": 5, "lost": 2, "period_seconds": 60})

    # then
    assert graph.one(ALARM, "accepted-failed").inputs["threshold"] == 5
    assert graph.one(ALARM, "accepted-lost").inputs["threshold"] == 2
    assert not accepted(alarms={"off": ["failed", "lost"]}).of(ALARM)


def test_a_fifo_topic_counts_duplicates_and_requests_by_message_group() -> None:
    # when
    topic = accepted(fifo=True, content_based_deduplication=True).one(TOPIC, "accepted").inputs

    # then
    assert topic["fifoTopic"] is True
    assert topic["fifoThroughputScope"] == "MessageGroup"
    assert topic["contentBasedDeduplication"] is True
    assert (
        not {"fifoTopic", "fifoThroughputScope"} & accepted().one(TOPIC, "accepted").inputs.keys()
    )


def test_a_publisher_publishes_to_this_topic_and_does_nothing_else() -> None:
    # given
    documents: list[str] = []

    def program() -> None:
        policy_document([Topic("accepted", arguments()).publish()]).apply(documents.append)

    # when
    graph = recorded(program)

    # then
    publish, key = statements(documents[0])
    assert (publish["Action"], publish["Resource"]) == (
        ["sns:Publish"],
        [graph.one(TOPIC, "accepted").outputs["arn"]],
    )
    assert (key["Action"], key["Resource"]) == (["kms:Decrypt", "kms:GenerateDataKey"], [KEY])
    assert "sns.eu-central-1" in str(key["Condition"])


def test_a_message_reaches_the_queue_as_it_was_published() -> None:
    # when
    graph = delivered()

    # then
    made = subscription(graph)
    assert made.inputs["topic"] == graph.one(TOPIC, "accepted").outputs["arn"]
    assert made.inputs["endpoint"] == graph.one(QUEUE, "jobs").outputs["arn"]
    assert (made.inputs["protocol"], made.inputs["rawMessageDelivery"]) == ("sqs", True)
    assert not {"filterPolicy", "filterPolicyScope"} & made.inputs.keys()
    assert made.parent == graph.one("rampart:index:Topic", "accepted").urn


def test_what_did_not_reach_one_queue_is_kept_for_it() -> None:
    # when
    graph = delivered()

    # then
    dead = graph.one(QUEUE, "accepted-to-jobs-undelivered")
    redrive = json.loads(subscription(graph).inputs["redrivePolicy"])
    assert redrive == {"deadLetterTargetArn": dead.outputs["arn"]}
    assert dead.inputs["tags"]["replay-to"] == graph.one(QUEUE, "jobs").outputs["arn"]


def test_nothing_is_delivered_before_both_queues_let_the_topic_in() -> None:
    # when
    graph = delivered()

    # then
    topic = graph.one(TOPIC, "accepted").outputs["arn"]
    for name in ("jobs-policy", "accepted-to-jobs-undelivered-policy"):
        policy = graph.one("aws:sqs/queuePolicy:QueuePolicy", name)
        assert policy.urn in subscription(graph).dependencies
        _, allowed = statements(policy.inputs["policy"])
        assert allowed["Principal"] == {"Service": "sns.amazonaws.com"}
        assert allowed["Condition"] == {"ArnEquals": {"aws:SourceArn": topic}}


@pytest.mark.parametrize("queue_fifo", [True, False])
def test_a_fifo_topic_delivers_into_queues_of_both_kinds_and_keeps_its_dead_letters_in_order(
    queue_fifo: bool,  # noqa: FBT001  # a case
) -> None:
    # when
    graph = delivered(topic_fifo=True, queue_fifo=queue_fifo)

    # then
    assert graph.one(QUEUE, "accepted-to-jobs-undelivered").inputs["fifoQueue"] is True


def test_a_queue_that_does_not_let_the_topic_in_is_refused() -> None:
    # given: it lets another topic in
    def program() -> None:
        topic, other = Topic("accepted", arguments()), Topic("refused", arguments())
        jobs = ObservedQueue(
            "jobs",
            {"boundary": BOUNDARY, "consumer_timeout_seconds": 60, "senders": [other.sender]},
        )
        topic.deliver("accepted-to-jobs", jobs)

    # then
    assert refused_after(program, SUBSCRIPTION) == (
        "accepted-to-jobs.queue: does not let accepted in; add the topic's `sender` to the queue's "
        "`senders`."
    )


def test_a_queue_that_keeps_an_order_that_the_topic_does_not_know_is_refused() -> None:
    assert refused_after(lambda: deliver(queue_fifo=True), SUBSCRIPTION) == (
        "accepted-to-jobs.queue: keeps order, and accepted knows none; set `fifo` of the topic, or "
        "take a standard queue."
    )


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (
            {"content_based_deduplication": True},
            ".content_based_deduplication: only FIFO topics have it; set `fifo`, or leave it out.",
        ),
        (
            {"sender": []},
            (
                ".sender: there is no such argument; did you mean `senders`? Allowed are "
                "`boundary`, `fifo`, `content_based_deduplication`, `senders`, `alarms`."
            ),
        ),
        (
            {"alarms": {"off": ["age"]}},
            ".alarms.off[0]='age': allowed are 'failed', 'lost'; these are a topic's alarms.",
        ),
    ],
)
def test_what_is_no_topic_is_refused(wrong: dict[str, object], why: str) -> None:
    assert refusal(lambda: Topic("accepted", arguments(**wrong))) == f"accepted{why}"
