from typing import Any

import pytest

from pulumi_rampart.functions.function_alarms import FunctionAlarms
from pulumi_rampart.testing import Graph
from tests.components.inside import ALARMS, recorded, refusal

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


REFUSED: list[tuple[dict[str, object], str]] = [
    (
        {"timeout": 30},
        (
            ".timeout: there is no such argument; did you mean `timeout_seconds`? Allowed are "
            "`alarm_topic_arn`, `function_name`, `timeout_seconds`."
        ),
    ),
    *(
        (
            {"timeout_seconds": value},
            (
                f".timeout_seconds={value}: a whole number from 1 to 900 is allowed; longer work "
                "belongs in a workflow or a queue."
            ),
        )
        for value in (0, 901)
    ),
    ({"function_name": 5}, ".function_name=5: a text is wanted, not int."),
]


@pytest.mark.parametrize(("wrong", "why"), REFUSED)
def test_what_cannot_be_watched_is_refused(wrong: dict[str, object], why: str) -> None:
    # given
    args: Any = {"alarm_topic_arn": ALARMS, "function_name": "worker", "timeout_seconds": 30}

    # then
    assert refusal(lambda: FunctionAlarms("alarms", args | wrong)) == f"alarms{why}"


def test_a_name_that_is_too_long_for_an_alarm_is_refused() -> None:
    # given
    args: Any = {"alarm_topic_arn": ALARMS, "function_name": "worker", "timeout_seconds": 30}
    name = "a" * 238

    # then
    assert refusal(lambda: FunctionAlarms(name, args)) == (
        f"{name}: is not possible as a name: CloudWatch allows 255 characters, and "
        f"'{name}-throttles-1234567' has 256; take a name that is 1 shorter."
    )
