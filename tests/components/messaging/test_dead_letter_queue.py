from typing import Any

import pytest
from pulumi_aws import sqs

from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue
from tests.components.inside import ALARMS, BOUNDARY, recorded, refusal, statements

QUEUE = "aws:sqs/queue:Queue"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"


def test_one_dead_letter_is_enough_for_an_alarm() -> None:
    # when
    graph = recorded(lambda: DeadLetterQueue("dead", {"boundary": BOUNDARY}))

    # then
    alarm = graph.one(ALARM, "dead-alarm").inputs
    assert alarm["metricName"] == "ApproximateNumberOfMessagesVisible"
    assert (alarm["comparisonOperator"], alarm["threshold"]) == ("GreaterThanThreshold", 0)
    assert alarm["dimensions"] == {"QueueName": "dead"}
    assert alarm["alarmActions"] == alarm["okActions"] == [ALARMS]
    assert "docs/runbooks/dead-letters.md" in alarm["alarmDescription"]


def test_dead_letters_are_kept_as_long_as_sqs_can() -> None:
    # when
    graph = recorded(lambda: DeadLetterQueue("dead", {"boundary": BOUNDARY}))

    # then
    queue = graph.one(QUEUE, "dead").inputs
    assert queue["messageRetentionSeconds"] == 14 * 24 * 3600


def test_it_carries_the_class_of_the_data_it_may_hold() -> None:
    # when
    graph = recorded(
        lambda: DeadLetterQueue("dead", {"boundary": {**BOUNDARY, "data_class": "personal"}})
    )

    # then
    assert graph.one(QUEUE, "dead").inputs["tags"] == {"data-class": "personal"}


def test_without_named_senders_no_service_may_send() -> None:
    # when
    graph = recorded(lambda: DeadLetterQueue("dead", {"boundary": BOUNDARY}))

    # then
    policy = graph.one("aws:sqs/queuePolicy:QueuePolicy", "dead-policy").inputs["policy"]
    assert [one["Effect"] for one in statements(policy)] == ["Deny"]


JOBS = "arn:aws:sqs:eu-central-1:123456789012:jobs"


@pytest.mark.parametrize("origin", [JOBS, "record"])
def test_it_says_where_its_letters_go_back_to(origin: str) -> None:
    # when
    graph = recorded(lambda: DeadLetterQueue("dead", {"boundary": BOUNDARY, "replay_to": origin}))

    # then
    tags = graph.one(QUEUE, "dead").inputs["tags"]
    assert tags == {"data-class": "internal", "replay-to": origin}


def test_where_letters_go_back_to_may_be_known_at_deployment() -> None:
    # given
    def program() -> None:
        jobs = sqs.Queue("jobs")
        DeadLetterQueue("dead", {"boundary": BOUNDARY, "replay_to": jobs.arn})

    # when
    graph = recorded(program)

    # then
    jobs = graph.one(QUEUE, "jobs").outputs["arn"]
    assert graph.one(QUEUE, "dead").inputs["tags"]["replay-to"] == jobs


def test_dead_letters_of_a_fifo_queue_keep_the_order_of_each_message_group() -> None:
    # when
    graph = recorded(lambda: DeadLetterQueue("dead", {"boundary": BOUNDARY, "fifo": True}))

    # then
    queue = graph.one(QUEUE, "dead").inputs
    assert queue["fifoQueue"] is True
    assert queue["deduplicationScope"] == "messageGroup"
    assert queue["fifoThroughputLimit"] == "perMessageGroupId"


def test_dead_letters_of_other_queues_are_in_no_order() -> None:
    # when
    queue = recorded(lambda: DeadLetterQueue("dead", {"boundary": BOUNDARY})).one(QUEUE, "dead")

    # then
    assert not {"fifoQueue", "deduplicationScope", "fifoThroughputLimit"} & queue.inputs.keys()


REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"replay_to": "jobs"},
        (
            ".replay_to='jobs': must match arn:.+|record; name where the letters came from by its "
            "ARN, or `record` where each of them says it."
        ),
    ),
    (
        {"sender": []},
        (
            ".sender: there is no such argument; did you mean `senders`? Allowed are `boundary`, "
            "`senders`, `fifo`, `replay_to`, `alarms`."
        ),
    ),
    ({"senders": "s3"}, ".senders='s3': a list is wanted; put the text in brackets."),
    (
        {"senders": ["s3.amazonaws.com"]},
        ".senders[0]: Sender, a mapping, is wanted, not str.",
    ),
    (
        {"senders": [{"service": "s3.amazonaws.com"}]},
        ".senders[0].source_arn: is missing; it has no default.",
    ),
    (
        {"senders": [{"service": "s3.amazonaws.com", "source_arn": 5}]},
        ".senders[0].source_arn=5: a text is wanted, not int.",
    ),
    (
        {"boundary": {**BOUNDARY, "key": "k"}},
        (
            ".boundary.key: there is no such argument; did you mean `key_arn`? Allowed are "
            "`prefix`, `region`, `account_id`, `key_arn`, `alarm_topic_arn`, "
            "`permissions_boundary_arn`, `vpc_id`, `private_subnet_ids`, "
            "`private_security_group_id`, `egress_subnet_ids`, `egress_security_group_id`, "
            "`access_log_bucket`, `artifacts_bucket`, `signing_profile_name`, "
            "`code_signing_config_arn`, `data_class`, `log_retention_days`, `deletion_protection`, "
            "`grantable_actions`, `log_level`, `tags`."
        ),
    ),
    (
        {"boundary": {key: value for key, value in BOUNDARY.items() if key != "key_arn"}},
        ".boundary.key_arn: is missing; it has no default.",
    ),
]


@pytest.mark.parametrize(("wrong", "why"), REFUSED)
def test_what_is_no_dead_letter_queue_is_refused(wrong: dict[str, Any], why: str) -> None:
    # when
    args: Any = {"boundary": BOUNDARY, **wrong}

    # then
    assert refusal(lambda: DeadLetterQueue("dead", args)) == f"dead{why}"


def test_a_name_that_leaves_no_room_for_the_ending_of_a_fifo_queue_is_refused() -> None:
    # when
    message = refusal(lambda: DeadLetterQueue("d" * 68, {"boundary": BOUNDARY, "fifo": True}))

    # then
    assert message == (
        f"{'d' * 68}: is not possible as a name: SQS allows 80 characters, and "
        f"'{'d' * 68}-1234567.fifo' has 81; take a name that is 1 shorter."
    )


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a dead queue", "SQS allows no ' ' in 'a dead queue-1234567'."),
        (
            "d" * 73,
            (
                f"SQS allows 80 characters, and '{'d' * 73}-1234567' has 81; take a name that is 1 "
                "shorter."
            ),
        ),
    ],
)
def test_a_name_that_no_queue_can_have_is_refused(name: str, why: str) -> None:
    # when
    message = refusal(lambda: DeadLetterQueue(name, {"boundary": BOUNDARY}))

    # then
    assert message == f"{name}: is not possible as a name: {why}"


def test_the_longest_name_is_accepted() -> None:
    # when
    graph = recorded(lambda: DeadLetterQueue("d" * 72, {"boundary": BOUNDARY}))

    # then: with the hyphen and the seven digits that Pulumi appends, 80
    assert graph.one(QUEUE, "d" * 72)
