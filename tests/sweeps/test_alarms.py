"""Nothing fails without somebody being told."""

import json
from typing import Any

import pytest

from tests.systems.golden import STACKS, file

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
# What becomes of messages: in a dead letter queue one is too many, elsewhere waiting is the fault.
DEAD, WAITING = "ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"

every_stack = pytest.mark.parametrize("stack", STACKS)


class Alarms:
    """The alarms of a stack, by what they watch."""

    def __init__(self, stack: str) -> None:
        self.resources: list[dict[str, Any]] = json.loads(file(stack).read_text())["resources"]
        (topic,) = (
            one
            for one in self.of("aws:sns/topic:Topic")
            if "rampart:index:AlarmTopic" in one["parent"]
        )
        self.topic = topic["outputs"]["arn"]

    def of(self, type_: str) -> list[dict[str, Any]]:
        return [one for one in self.resources if one["type"] == type_]

    def metrics(self, **dimensions: str) -> set[str]:
        """Return the metrics that tell somebody about this function or queue."""
        return {
            watched["metricName"]
            for one in self.of(ALARM)
            if one["inputs"]["alarmActions"] == [self.topic]
            for watched in _watched(one["inputs"])
            if watched["dimensions"] == dimensions
        }


def _watched(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    queries = alarm.get("metricQueries", [])
    return [alarm] if not queries else [one["metric"] for one in queries if "metric" in one]


@every_stack
def test_failures_throttles_and_slowness_of_every_function_are_told(stack: str) -> None:
    # given
    alarms = Alarms(stack)
    functions = alarms.of("aws:lambda/function:Function")
    assert functions

    # then
    for function in functions:
        told = alarms.metrics(FunctionName=function["inputs"]["name"])
        assert told == {"Errors", "Invocations", "Throttles", "Duration"}, function["name"]


@every_stack
def test_a_dead_letter_is_told_and_so_is_a_message_that_waits(stack: str) -> None:
    # given
    alarms = Alarms(stack)
    queues = alarms.of("aws:sqs/queue:Queue")
    assert queues

    # then
    for queue in queues:
        dead = "rampart:index:DeadLetterQueue" in queue["parent"]
        assert dead or not queue["name"].endswith(("-dead", "-failures"))
        told = alarms.metrics(QueueName=queue["id"].rpartition("/")[2])
        assert told == {DEAD if dead else WAITING}, queue["name"]


@every_stack
def test_every_alarm_tells_when_it_is_over_too(stack: str) -> None:
    # given
    alarms = Alarms(stack)

    # then
    for alarm in alarms.of(ALARM):
        assert alarm["inputs"]["okActions"] == [alarms.topic], alarm["name"]


@every_stack
def test_every_table_tells_of_what_it_turned_away(stack: str) -> None:
    # given
    alarms = Alarms(stack)

    # then
    for table in alarms.of("aws:dynamodb/table:Table"):
        told = alarms.metrics(TableName=table["id"])
        assert told == {"ReadThrottleEvents", "WriteThrottleEvents"}, table["name"]
        asked = [
            query["expression"]
            for one in alarms.of(ALARM)
            for query in one["inputs"].get("metricQueries", [])
            if f"TableName = '{table['id']}'" in query.get("expression", "")
        ]
        assert len(asked) == 1, table["name"]
