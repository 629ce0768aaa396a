from typing import Any, cast

import pytest

from pulumi_rampart.messaging.workflow_alarms import WorkflowAlarms, WorkflowAlarmsArgs
from tests.components.inside import ALARMS, recorded

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
ARN = "arn:aws:states:eu-central-1:123456789012:stateMachine:paying"


def alarms(**choices: object) -> dict[str, dict[str, Any]]:
    args = {
        "alarm_topic_arn": ALARMS,
        "state_machine_arn": ARN,
        "timeout_seconds": 100,
        "alarms": choices,
    }
    graph = recorded(lambda: WorkflowAlarms("paying-alarms", cast("WorkflowAlarmsArgs", args)))
    return {one.name.removeprefix("paying-alarms-"): one.inputs for one in graph.of(ALARM)}


def test_failures_timeouts_throttles_and_age_of_this_workflow_are_told() -> None:
    # when
    made = alarms()

    # then
    assert {name: (one["metricName"], one["threshold"]) for name, one in made.items()} == {
        "failed": ("ExecutionsFailed", 0),
        "timed-out": ("ExecutionsTimedOut", 0),
        "throttled": ("ExecutionThrottled", 10),
        "age": ("ExecutionTime", 80_000),
    }
    for one in made.values():
        assert one["dimensions"] == {"StateMachineArn": ARN}
        assert (one["namespace"], one["alarmActions"]) == ("AWS/States", [ALARMS])
    assert made["age"]["statistic"] == "Maximum"


def test_limits_may_be_chosen() -> None:
    # when
    made = alarms(failed=3, timed_out=2, throttled=1, age_percent=50, period_seconds=60)

    # then
    assert {name: one["threshold"] for name, one in made.items()} == {
        "failed": 3,
        "timed-out": 2,
        "throttled": 1,
        "age": 50_000,
    }
    assert {one["period"] for one in made.values()} == {60}


@pytest.mark.parametrize("off", ["failed", "timed_out", "throttled", "age"])
def test_each_may_be_off(off: str) -> None:
    assert set(alarms()) - set(alarms(off=[off])) == {off.replace("_", "-")}
