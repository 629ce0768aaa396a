import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pulumi_aws import sqs

from pulumi_rampart._arguments import ArgumentError
from pulumi_rampart.functions.zip_lambda import ZipLambda
from pulumi_rampart.messaging.queue import ObservedQueue, ObservedQueueArgs, ObservedQueueTransforms
from pulumi_rampart.testing import Graph
from tests.components.wall import (
    ACCOUNT,
    ALARMS,
    BOUNDARY,
    KEY,
    changed,
    recorded,
    refusal,
    statements,
)

QUEUE = "aws:sqs/queue:Queue"
POLICY = "aws:sqs/queuePolicy:QueuePolicy"


def jobs(transforms: ObservedQueueTransforms | None = None, **more: object) -> Graph:
    args: ObservedQueueArgs = {"boundary": BOUNDARY, "consumer_timeout_seconds": 60, **more}  # type: ignore[typeddict-item]
    return recorded(
        lambda: ObservedQueue("jobs", args, transforms=transforms or ObservedQueueTransforms())
    )


@settings(max_examples=20, deadline=None)
@given(timeout=st.integers(1, 7200))
def test_visibility_is_six_consumer_timeouts(timeout: int) -> None:
    # when
    graph = jobs(consumer_timeout_seconds=timeout)

    # then
    assert graph.one(QUEUE, "jobs").inputs["visibilityTimeoutSeconds"] == 6 * timeout


@settings(max_examples=20, deadline=None)
@given(timeout=st.integers(max_value=0) | st.integers(min_value=7201) | st.just(1.5))
def test_a_timeout_whose_sixfold_sqs_refuses_is_refused_before_any_child_exists(
    timeout: float,
) -> None:
    # when
    message = refusal(
        lambda: ObservedQueue(
            "jobs",
            {"boundary": BOUNDARY, "consumer_timeout_seconds": timeout},  # type: ignore[typeddict-item]
        )
    )

    # then: what was got, what is allowed, what to do
    assert message == (
        f"jobs.consumer_timeout_seconds={timeout!r}: a whole number from 1 to 7200 is allowed; "
        "visibility is six times as long and SQS allows 43200 seconds."
    )


@pytest.mark.parametrize("receives", [0, 1001])
def test_a_number_of_deliveries_sqs_does_not_know_is_refused(receives: int) -> None:
    # when
    message = refusal(
        lambda: ObservedQueue(
            "jobs",
            {"boundary": BOUNDARY, "consumer_timeout_seconds": 60, "max_receives": receives},
        )
    )

    # then
    assert message.startswith(f"jobs.max_receives={receives}: a whole number from 1 to 1000")


def test_a_message_that_failed_too_often_goes_to_dead_letters_of_this_queue_only() -> None:
    # when
    graph = jobs(max_receives=4)

    # then
    redrive = json.loads(graph.one(QUEUE, "jobs").inputs["redrivePolicy"])
    dead = graph.one(QUEUE, "jobs-dead").outputs["arn"]
    assert redrive == {"deadLetterTargetArn": dead, "maxReceiveCount": 4}
    allowed = graph.one("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "jobs-redrive").inputs
    assert json.loads(allowed["redriveAllowPolicy"]) == {
        "redrivePermission": "byQueue",
        "sourceQueueArns": [graph.one(QUEUE, "jobs").outputs["arn"]],
    }


def test_dead_letters_wait_longer_than_messages() -> None:
    # when
    graph = jobs()

    # then: the clock of a message goes on when it moves
    waiting = graph.one(QUEUE, "jobs").inputs["messageRetentionSeconds"]
    dead = graph.one(QUEUE, "jobs-dead").inputs["messageRetentionSeconds"]
    assert dead - waiting >= 7 * 24 * 3600


def test_messages_are_encrypted_with_the_customer_key() -> None:
    # when
    graph = jobs()

    # then
    assert {one.inputs["kmsMasterKeyId"] for one in graph.of(QUEUE)} == {KEY}


def test_nobody_may_use_the_queue_without_tls() -> None:
    # when
    graph = jobs()

    # then
    for policy in graph.of(POLICY):
        (denied,) = (one for one in statements(policy.inputs["policy"]) if one["Effect"] == "Deny")
        assert (denied["Principal"], denied["Action"]) == ("*", "sqs:*")
        assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_only_named_services_may_send_each_for_its_one_resource_of_this_account() -> None:
    # when
    graph = jobs(senders=[{"service": "s3.amazonaws.com", "source_arn": "arn:aws:s3:::uploads"}])

    # then
    queue = graph.one(QUEUE, "jobs").outputs["arn"]
    allowed = [
        one
        for one in statements(graph.one(POLICY, "jobs-policy").inputs["policy"])
        if one["Effect"] == "Allow"
    ]
    assert allowed == [
        {
            "Effect": "Allow",
            "Principal": {"Service": "s3.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": queue,
            "Condition": {
                "ArnEquals": {"aws:SourceArn": "arn:aws:s3:::uploads"},
                "StringEquals": {"aws:SourceAccount": ACCOUNT},
            },
        }
    ]


def test_a_message_that_waits_five_minutes_raises_an_alarm() -> None:
    # when
    graph = jobs()

    # then
    alarm = graph.one("aws:cloudwatch/metricAlarm:MetricAlarm", "jobs-age").inputs
    assert (alarm["metricName"], alarm["threshold"]) == ("ApproximateAgeOfOldestMessage", 300)
    assert alarm["alarmActions"] == [ALARMS]


def test_a_consumer_may_not_send_and_a_producer_may_not_receive() -> None:
    # given
    granted: dict[str, list[str]] = {}

    def program() -> None:
        queue = ObservedQueue("jobs", {"boundary": BOUNDARY, "consumer_timeout_seconds": 60})
        for permission in ("send", "consume"):
            first, *_ = getattr(queue, permission)()["statements"]
            granted[permission] = first["actions"]

    # when
    recorded(program)

    # then
    assert granted["send"] == ["sqs:SendMessage"]
    assert "sqs:SendMessage" not in granted["consume"]
    assert "sqs:ReceiveMessage" in granted["consume"]


def subscribed(batch_size: int = 10, maximum_concurrency: int = 5) -> Graph:
    def program() -> None:
        queue = ObservedQueue("jobs", {"boundary": BOUNDARY, "consumer_timeout_seconds": 60})
        worker = ZipLambda(
            "worker",
            {
                "boundary": BOUNDARY,
                "source": "functions/worker",
                "permissions": [queue.consume()],
            },
        )
        queue.subscribe(
            "jobs-to-worker",
            worker,
            batch_size=batch_size,
            maximum_concurrency=maximum_concurrency,
        )

    return recorded(program)


@pytest.mark.usefixtures("functions")
def test_a_message_that_succeeded_is_not_delivered_again_with_one_that_failed() -> None:
    # when
    graph = subscribed()

    # then
    mapping = graph.one("aws:lambda/eventSourceMapping:EventSourceMapping", "jobs-to-worker")
    assert mapping.inputs["functionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping.inputs["batchSize"] == 10
    assert mapping.inputs["scalingConfig"] == {"maximumConcurrency": 5}


@pytest.mark.usefixtures("functions")
def test_no_message_is_delivered_before_the_consumer_may_receive_it() -> None:
    # when
    graph = subscribed()

    # then
    mapping = graph.one("aws:lambda/eventSourceMapping:EventSourceMapping", "jobs-to-worker")
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "worker-role-policy")
    assert policy.urn in mapping.dependencies


@pytest.mark.usefixtures("functions")
@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"batch_size": 11}, "jobs-to-worker.batch_size=11: a whole number from 1 to 10"),
        (
            {"maximum_concurrency": 1},
            "jobs-to-worker.maximum_concurrency=1: a whole number from 2 to 1000",
        ),
    ],
)
def test_a_subscription_lambda_does_not_know_is_refused(more: dict[str, int], why: str) -> None:
    # when
    with pytest.raises(ArgumentError) as caught:
        subscribed(**more)

    # then
    assert str(caught.value).startswith(why)


def test_a_transform_changes_its_child_and_nothing_else() -> None:
    # given
    def delay(args: sqs.QueueArgs) -> None:
        args.delay_seconds = 5

    # when
    graph = jobs(ObservedQueueTransforms(queue=delay))

    # then
    assert changed(jobs(), graph) == {"jobs"}
    assert graph.one(QUEUE, "jobs").inputs["delaySeconds"] == 5
