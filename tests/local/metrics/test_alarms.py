"""An alarm is judged as CloudWatch judges it."""

from typing import Any

import pytest

from rampart_local.metrics.alarms import judged, state_of
from rampart_local.metrics.expressions import ExpressionError, evaluate
from rampart_local.metrics.insights import Query, parse
from rampart_local.metrics.series import Metric, Range, Series, series

OFTEN = "IF(faults > 10 OR (requests >= 20 AND faults / requests > 0.05), 1, 0)"
NOW = 1_000_000.0


# The table of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
@pytest.mark.parametrize(
    ("points", "needed", "states"),
    [
        ("0-X-X", 3, "OK OK OK OK"),
        ("0----", 3, "OK OK OK OK"),
        ("-----", 3, "INSUFFICIENT_DATA kept ALARM OK"),
        ("0XX-X", 3, "ALARM ALARM ALARM ALARM"),
        ("--X--", 3, "ALARM kept ALARM OK"),
        ("0-X-X", 2, "ALARM ALARM ALARM ALARM"),
        ("00X0X", 2, "ALARM ALARM ALARM ALARM"),
        ("0-X--", 2, "OK OK ALARM OK"),
        ("----0", 2, "OK OK ALARM OK"),
        ("---X-", 2, "ALARM kept ALARM OK"),
    ],
)
def test_missing_data_counts_as_in_the_table_of_cloudwatch(
    points: str, needed: int, states: str
) -> None:
    # given
    present = points.replace("-", "")[-3:]

    # then
    rules = ("missing", "ignore", "breaching", "notBreaching")
    assert [
        state_of(
            present=len(present),
            breaching=present.count("X"),
            evaluated=3,
            needed=needed,
            missing=rule,
            before="kept",
        )
        for rule in rules
    ] == states.split()


@pytest.mark.parametrize(
    ("expression", "faults", "requests", "value"),
    [
        (OFTEN, 11.0, 11.0, 1.0),
        (OFTEN, 10.0, 1000.0, 0.0),
        (OFTEN, 2.0, 20.0, 1.0),
        (OFTEN, 1.0, 20.0, 0.0),
        (OFTEN, 0.0, 0.0, 0.0),
        (OFTEN, None, None, None),
        ("FILL(faults, 0) + FILL(requests, 0)", None, 3.0, 3.0),
        ("faults + requests", None, 3.0, None),
        ("faults / requests", 1.0, 0.0, None),
        ("100 * (1 - faults / requests)", 1.0, 4.0, 75.0),
        ("SUM(METRICS())", 1.0, 4.0, 5.0),
        ("MAX([faults, requests])", 1.0, 4.0, 4.0),
        ("requests && faults", 1.0, 0.0, 0.0),
        ("-faults ^ 2", 3.0, 0.0, -9.0),
        ("requests / PERIOD(requests)", 0.0, 120.0, 2.0),
    ],
)
def test_metric_math_is_computed_period_by_period(
    expression: str, faults: float | None, requests: float | None, value: float | None
) -> None:
    # given
    known: dict[str, Series] = {"faults": (faults,), "requests": (requests,)}

    # then
    assert evaluate(expression, known, count=1, period=60) == (value,)


@pytest.mark.parametrize("expression", ["SEARCH('{x}', 'Sum')", "faults +", "nope", "__import__"])
def test_an_expression_that_is_not_known_is_named(expression: str) -> None:
    # then
    with pytest.raises(ExpressionError):
        evaluate(expression, {"faults": (1.0,)}, count=1, period=60)


def test_a_query_takes_the_metrics_of_its_schema_and_conditions() -> None:
    # given
    query = parse(
        'SELECT SUM(SystemErrors) FROM SCHEMA("AWS/DynamoDB", Operation, TableName) '
        "WHERE TableName = 'records'"
    )

    def metric(**dimensions: str) -> Metric:
        given = tuple(sorted(dimensions.items()))
        return Metric(namespace="AWS/DynamoDB", name="SystemErrors", dimensions=given)

    # then
    assert query.takes(metric(Operation="GetItem", TableName="records"))
    assert not query.takes(metric(Operation="GetItem", TableName="others"))
    assert not query.takes(metric(TableName="records"))
    with pytest.raises(ExpressionError, match="GROUP BY"):
        parse('SELECT SUM(Errors) FROM "AWS/Lambda" GROUP BY FunctionName')


def test_points_are_sorted_into_periods_that_end_now() -> None:
    # given
    ages = (0, 59, 60, 130, 500)
    points = [{"Timestamp": NOW - age, "Value": 1.0, "Unit": "Count"} for age in ages]

    # then
    span = Range(period=60, count=3, now=NOW)
    assert series(points, "Sum", span, summed) == (1.0, 1.0, 2.0)
    assert series(points, "Sum", span, summed, "Seconds") == (None, None, None)


@pytest.mark.parametrize(
    ("dimension", "state"), [("mine", "ALARM"), ("another", "INSUFFICIENT_DATA")]
)
def test_an_alarm_sees_only_the_metric_with_its_dimensions(dimension: str, state: str) -> None:
    # given
    alarm: dict[str, Any] = {
        "AlarmName": "errors",
        "StateValue": "OK",
        "Namespace": "AWS/Lambda",
        "MetricName": "Errors",
        "Dimensions": [{"Name": "FunctionName", "Value": dimension}],
        "Statistic": "Sum",
        "Period": 60,
        "EvaluationPeriods": 1,
        "Threshold": 0.0,
        "ComparisonOperator": "GreaterThanThreshold",
    }

    # then
    assert judged(alarm, Published(), NOW).state == state


def test_what_is_not_evaluated_has_insufficient_data_and_says_so() -> None:
    # given
    banded = {"StateValue": "OK", "ComparisonOperator": "GreaterThanUpperThreshold"}

    # then
    verdict = judged(banded, Published(), NOW)
    assert verdict.state == "INSUFFICIENT_DATA"
    assert "GreaterThanUpperThreshold" in verdict.reason


class Published:
    """One error of the function `mine`."""

    def read(self, metric: Metric, stat: str, span: Range, unit: str | None) -> Series:
        mine = metric.dimensions == (("FunctionName", "mine"),)
        points = [{"Timestamp": NOW, "Value": 1.0, "Unit": "Count"}] if mine else []
        return series(points, stat, span, summed, unit)

    def select(self, query: Query, span: Range) -> Series:
        raise AssertionError(query, span)


def summed(points: list[dict[str, Any]], _stat: str) -> float:
    return sum(each["Value"] for each in points)
