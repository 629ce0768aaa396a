from pulumi_rampart.functions.function_alarms import FunctionAlarms
from pulumi_rampart.testing import Graph
from tests.components.wall import ALARMS, recorded

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"


def alarms(timeout_seconds: int = 30) -> Graph:
    return recorded(
        lambda: FunctionAlarms(
            "worker-alarms",
            {
                "alarm_topic_arn": ALARMS,
                "function_name": "shop-dev-worker",
                "timeout_seconds": timeout_seconds,
            },
        )
    )


def test_failures_throttles_and_slowness_raise_an_alarm_and_its_end_is_told_too() -> None:
    # when
    graph = alarms()

    # then
    made = {one.inputs["metricName"]: one.inputs for one in graph.of(ALARM)}
    assert set(made) == {"Errors", "Throttles", "Duration"}
    for one in made.values():
        assert one["alarmActions"] == one["okActions"] == [ALARMS]
        assert one["dimensions"] == {"FunctionName": "shop-dev-worker"}


def test_one_failure_is_enough() -> None:
    # when
    errors = alarms().one(ALARM, "worker-alarms-errors").inputs

    # then
    assert (errors["statistic"], errors["threshold"], errors["evaluationPeriods"]) == ("Sum", 0, 1)
    assert errors["comparisonOperator"] == "GreaterThanThreshold"


def test_almost_timing_out_is_nine_tenths_of_the_timeout_in_milliseconds() -> None:
    # when
    duration = alarms(timeout_seconds=600).one(ALARM, "worker-alarms-duration").inputs

    # then
    assert (duration["statistic"], duration["threshold"]) == ("Maximum", 540_000)


def test_a_function_nobody_calls_raises_no_alarm() -> None:
    # then
    assert {one.inputs["treatMissingData"] for one in alarms().of(ALARM)} == {"notBreaching"}
