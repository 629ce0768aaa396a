from typing import Any, cast

import pytest

from pulumi_rampart.functions.function_alarms import FunctionAlarmChoices, FunctionAlarms
from pulumi_rampart.testing import Graph
from tests.components.inside import ALARMS, recorded, refusal

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"


def alarms(timeout_seconds: int = 30, **choices: object) -> Graph:
    return recorded(
        lambda: FunctionAlarms(
            "worker-alarms",
            {
                "alarm_topic_arn": ALARMS,
                "function_name": "shop-dev-worker",
                "timeout_seconds": timeout_seconds,
                "alarms": cast("FunctionAlarmChoices", choices),
            },
        )
    )


def computed(graph: Graph) -> tuple[str, dict[str, Any]]:
    """Return the expression of the alarm on failures, and the metrics in it."""
    queries = graph.one(ALARM, "worker-alarms-errors").inputs["metricQueries"]
    metrics = {one["id"]: one["metric"] for one in queries if "metric" in one}
    (expression,) = [one["expression"] for one in queries if one.get("returnData")]
    return expression, metrics


def test_failures_throttles_and_slowness_raise_an_alarm_and_its_end_is_told_too() -> None:
    # when
    made = {one.name: one.inputs for one in alarms().of(ALARM)}

    # then
    assert set(made) == {f"worker-alarms-{one}" for one in ("errors", "throttles", "duration")}
    for one in made.values():
        assert one["alarmActions"] == one["okActions"] == [ALARMS]
        metrics = [one] if "dimensions" in one else computed(alarms())[1].values()
        assert all(each["dimensions"] == {"FunctionName": "shop-dev-worker"} for each in metrics)


def test_more_than_ten_failures_or_one_in_twenty_calls_of_five_minutes_fire() -> None:
    # when
    expression, metrics = computed(alarms())

    # then
    assert expression == ("IF(faults > 10 OR (requests >= 20 AND faults / requests > 0.05), 1, 0)")
    assert {key: one["metricName"] for key, one in metrics.items()} == {
        "faults": "Errors",
        "requests": "Invocations",
    }
    assert all((one["stat"], one["period"]) == ("Sum", 300) for one in metrics.values())
    judged = alarms().one(ALARM, "worker-alarms-errors").inputs
    assert (judged["threshold"], judged["comparisonOperator"]) == (0, "GreaterThanThreshold")


def test_limits_and_periods_are_arguments() -> None:
    # when
    graph = alarms(
        errors=2,
        error_percent=50,
        enough_requests=4,
        throttles=7,
        duration_percent=50,
        period_seconds=60,
    )

    # then
    expression, metrics = computed(graph)
    assert expression == "IF(faults > 2 OR (requests >= 4 AND faults / requests > 0.5), 1, 0)"
    assert metrics["faults"]["period"] == 60
    assert graph.one(ALARM, "worker-alarms-throttles").inputs["threshold"] == 7
    duration = graph.one(ALARM, "worker-alarms-duration").inputs
    assert (duration["threshold"], duration["period"]) == (15_000, 60)


def test_an_alarm_that_is_off_is_not_made() -> None:
    # then
    assert [one.name for one in alarms(off=["errors", "throttles"]).of(ALARM)] == [
        "worker-alarms-duration"
    ]


def test_almost_timing_out_is_ninety_five_percent_of_the_timeout_in_milliseconds() -> None:
    # when
    duration = alarms(timeout_seconds=600).one(ALARM, "worker-alarms-duration").inputs

    # then
    assert (duration["statistic"], duration["threshold"]) == ("Maximum", 570_000)


def test_a_function_nobody_calls_raises_no_alarm() -> None:
    # then
    assert {one.inputs["treatMissingData"] for one in alarms().of(ALARM)} == {"notBreaching"}


REFUSED: list[tuple[dict[str, object], str]] = [
    (
        {"timeout": 30},
        (
            ".timeout: there is no such argument; did you mean `timeout_seconds`? Allowed are "
            "`alarm_topic_arn`, `function_name`, `timeout_seconds`, `alarms`."
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
    (
        {"alarms": {"period_seconds": 90}},
        (
            ".alarms.period_seconds=90: CloudWatch gathers whole minutes, at most a day; write 60, "
            "300 or 3600."
        ),
    ),
    (
        {"alarms": {"off": ["error"]}},
        (
            ".alarms.off[0]='error': allowed are 'errors', 'throttles', 'duration'; these are a "
            "function's alarms."
        ),
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
