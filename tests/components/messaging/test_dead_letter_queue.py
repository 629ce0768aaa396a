from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue
from tests.components.wall import ALARMS, BOUNDARY, recorded, statements

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
    queue = graph.one("aws:sqs/queue:Queue", "dead").inputs
    assert queue["messageRetentionSeconds"] == 14 * 24 * 3600


def test_it_carries_the_class_of_the_data_it_may_hold() -> None:
    # when
    graph = recorded(
        lambda: DeadLetterQueue("dead", {"boundary": {**BOUNDARY, "data_class": "personal"}})
    )

    # then
    assert graph.one("aws:sqs/queue:Queue", "dead").inputs["tags"] == {"data-class": "personal"}


def test_without_named_senders_no_service_may_send() -> None:
    # when
    graph = recorded(lambda: DeadLetterQueue("dead", {"boundary": BOUNDARY}))

    # then
    policy = graph.one("aws:sqs/queuePolicy:QueuePolicy", "dead-policy").inputs["policy"]
    assert [one["Effect"] for one in statements(policy)] == ["Deny"]
