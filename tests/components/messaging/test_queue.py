import json
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.messaging.queue_args import ObservedQueueArgs
from pulumi_rampart.permission import policy_document
from pulumi_rampart.testing import Graph
from tests.components.inside import (
    ACCOUNT,
    ALARMS,
    BOUNDARY,
    KEY,
    recorded,
    refusal,
    statements,
)

QUEUE = "aws:sqs/queue:Queue"
POLICY = "aws:sqs/queuePolicy:QueuePolicy"


def arguments(**more: object) -> ObservedQueueArgs:
    args = {"boundary": BOUNDARY, "consumer_timeout_seconds": 60, **more}
    return cast("ObservedQueueArgs", args)


def jobs(**more: object) -> Graph:
    return recorded(lambda: ObservedQueue("jobs", arguments(**more)))


@settings(max_examples=20)
@given(timeout=st.integers(1, 7200))
def test_visibility_is_six_consumer_timeouts(timeout: int) -> None:
    # when
    graph = jobs(consumer_timeout_seconds=timeout)

    # then
    assert graph.one(QUEUE, "jobs").inputs["visibilityTimeoutSeconds"] == 6 * timeout


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


def test_where_dead_letters_go_back_to_is_said_once_by_the_redrive_allow_policy() -> None:
    # when: a tag with the queue's ARN would be a circle
    dead = jobs().one(QUEUE, "jobs-dead").inputs

    # then
    assert "replay-to" not in dead["tags"]


def test_dead_letters_wait_longer_than_messages() -> None:
    # when
    graph = jobs()

    # then: the clock of a message goes on when it moves
    waiting = graph.one(QUEUE, "jobs").inputs["messageRetentionSeconds"]
    dead = graph.one(QUEUE, "jobs-dead").inputs["messageRetentionSeconds"]
    assert dead - waiting >= 7 * 24 * 3600


def test_a_queue_may_keep_messages_as_long_as_sqs_can() -> None:
    # when
    waiting = jobs(retention_days=14).one(QUEUE, "jobs").inputs

    # then
    assert waiting["messageRetentionSeconds"] == 14 * 24 * 3600


def test_another_account_may_send_and_use_the_key_for_this_queue_only() -> None:
    # when
    graph = jobs(accounts=["210987654321"])

    # then
    queue = graph.one(QUEUE, "jobs").outputs["arn"]
    policy = graph.one(POLICY, "jobs-policy").inputs["policy"]
    assert [one for one in statements(policy) if one["Effect"] == "Allow"] == [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::210987654321:root"},
            "Action": "sqs:SendMessage",
            "Resource": queue,
        }
    ]
    grant = graph.one("aws:kms/grant:Grant", "jobs-account-210987654321").inputs
    assert (grant["keyId"], grant["granteePrincipal"]) == (
        KEY,
        "arn:aws:iam::210987654321:root",
    )
    assert grant["operations"] == ["Decrypt", "GenerateDataKey"]
    assert grant["constraints"] == [{"encryptionContextEquals": {"aws:sqs:arn": queue}}]


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


def test_a_message_that_waits_five_minutes_longer_than_it_is_hidden_raises_an_alarm() -> None:
    # when
    graph = jobs()

    # then
    alarm = graph.one("aws:cloudwatch/metricAlarm:MetricAlarm", "jobs-age").inputs
    hidden = graph.one("aws:sqs/queue:Queue", "jobs").inputs["visibilityTimeoutSeconds"]
    assert alarm["metricName"] == "ApproximateAgeOfOldestMessage"
    assert alarm["threshold"] == hidden + 300
    assert alarm["alarmActions"] == [ALARMS]


def granted(verb: str) -> list[dict[str, Any]]:
    documents: list[str] = []

    def program() -> None:
        queue = ObservedQueue("jobs", arguments())
        policy_document([getattr(queue, verb)()]).apply(documents.append)

    recorded(program)
    return statements(documents[0])


def test_a_producer_sends_into_this_queue_and_does_nothing_else() -> None:
    # when
    send, key = granted("send")

    # then
    assert (send["Action"], send["Resource"]) == (
        ["sqs:SendMessage"],
        [f"arn:aws:sqs:eu-central-1:{ACCOUNT}:jobs"],
    )
    assert (key["Action"], key["Resource"]) == (["kms:Decrypt", "kms:GenerateDataKey"], [KEY])


def test_a_consumer_receives_and_may_not_send() -> None:
    # when
    consume, key = granted("consume")

    # then
    assert set(consume["Action"]) == {
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
    }
    assert (key["Action"], key["Resource"]) == (["kms:Decrypt"], [KEY])


SIXFOLD = (
    "a whole number from 1 to 7200 is allowed; visibility is six times as long and SQS allows "
    "43200 seconds."
)
ALLOWED = (
    "Allowed are `boundary`, `consumer_timeout_seconds`, `max_receives`, `retention_days`, `fifo`, "
    "`content_based_deduplication`, `high_throughput`, `senders`, `accounts`, `alarms`."
)
REFUSED: list[tuple[dict[str, object], str]] = [
    (
        {"max_receive": 5},
        (f".max_receive: there is no such argument; did you mean `max_receives`? {ALLOWED}"),
    ),
    (
        {"timeout": 30},
        (
            ".timeout: there is no such argument; did you mean `consumer_timeout_seconds`? "
            f"{ALLOWED}"
        ),
    ),
    *(
        ({"consumer_timeout_seconds": value}, f".consumer_timeout_seconds={value}: {SIXFOLD}")
        for value in (0, -1, 7201)
    ),
    (
        {"consumer_timeout_seconds": 1.5},
        ".consumer_timeout_seconds=1.5: a whole number is wanted, not float.",
    ),
    *(
        (
            {"max_receives": receives},
            (
                f".max_receives={receives}: a whole number from 1 to 1000 is allowed; a message "
                "that fails that often is a dead letter."
            ),
        )
        for receives in (0, 1001)
    ),
    *(
        (
            {"retention_days": days},
            (
                f".retention_days={days}: a whole number from 1 to 14 is allowed; what has to be "
                "kept for longer belongs in a store."
            ),
        )
        for days in (0, 15)
    ),
    (
        {"accounts": ["1234"]},
        ".accounts[0]='1234': must match [0-9]{12}; an account's id has twelve digits.",
    ),
    *(
        (
            {choice: True},
            f".{choice}: only FIFO queues have it; set `fifo`, or leave it out.",
        )
        for choice in ("content_based_deduplication", "high_throughput")
    ),
]


@pytest.mark.parametrize(("wrong", "why"), REFUSED)
def test_what_is_no_queue_is_refused(wrong: dict[str, object], why: str) -> None:
    assert refusal(lambda: ObservedQueue("jobs", arguments(**wrong))) == f"jobs{why}"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        # The dead letter queue's name is the longest: five letters more, and Pulumi's eight.
        (
            "j" * 68,
            (
                f"SQS allows 80 characters, and '{'j' * 68}-dead-1234567' has 81; take a name that "
                "is 1 shorter."
            ),
        ),
        ("the jobs", "SQS allows no ' ' in 'the jobs-dead-1234567'."),
        ("jobs.fifo", "SQS allows no '.' in 'jobs.fifo-dead-1234567'."),
        ("j\u00f6bs", "SQS allows no '\u00f6' in 'j\u00f6bs-dead-1234567'."),
    ],
)
def test_a_name_that_no_queue_can_have_is_refused(name: str, why: str) -> None:
    # when
    message = refusal(lambda: ObservedQueue(name, arguments()))

    # then
    assert message == f"{name}: is not possible as a name: {why}"
