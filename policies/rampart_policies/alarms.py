"""Which alarms watch a resource, and whether they notify anyone: shared by the rules on alarms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.values import UndecidedError

# Type -> the namespace of its metrics, and those of which one must have an alarm.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
VITAL = {
    aws.LAMBDA_FUNCTION: ("AWS/Lambda", ("Errors",)),
    aws.SQS_QUEUE: (
        "AWS/SQS",
        ("ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"),
    ),
    aws.API_STAGE: ("AWS/ApiGateway", ("5XXError",)),
    aws.HTTP_API_STAGE: ("AWS/ApiGateway", ("5xx",)),
    aws.EVENT_RULE: ("AWS/Events", ("FailedInvocations", "InvocationsFailedToBeSentToDlq")),
    aws.STATE_MACHINE: ("AWS/States", ("ExecutionsFailed",)),
}


def alarms_on(resource: Resource, metrics: tuple[str, ...], graph: Graph) -> Iterator[Resource]:
    """Yield the alarms on one of these metrics of a resource, also inside metric math."""
    namespace, _ = VITAL[resource.type]
    wanted = {(namespace, metric) for metric in metrics}
    for path in ("dimensions", "metricQueries"):
        for alarm in graph.referrers(resource, aws.ALARM, path):
            if not wanted.isdisjoint(_metrics(alarm)):
                yield alarm


def is_heard(alarm: Resource) -> bool:
    """Whether the alarm does something when it goes off."""
    return alarm.flag("actionsEnabled", default=True) and alarm.has("alarmActions")


def _metrics(alarm: Resource) -> Iterator[tuple[str | None, str | None]]:
    yield alarm.text("namespace"), alarm.text("metricName")
    for query in alarm.blocks("metricQueries"):
        metric = query.block("metric")
        yield metric.text("namespace"), metric.text("metricName")


@dataclass(frozen=True)
class Watched:
    """One metric that an alarm looks at."""

    namespace: str
    metric: str
    dimensions: frozenset[str]
    """Names of the dimensions."""
    path: str
    """Property of the alarm whose references name what is watched."""


# SELECT SUM(m) FROM SCHEMA("AWS/X", A, B) or FROM "AWS/X"
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
_QUERY = re.compile(
    r"\s*SELECT\s+\w+\((?P<metric>[^)]+)\)\s+FROM\s+SCHEMA\(\s*\"?(?P<namespace>[^\",]+)\"?"
    r"(?P<dimensions>[^)]*)\)",
    re.IGNORECASE,
)


def watched_by(alarm: Resource) -> Iterator[Watched]:
    """Yield every metric an alarm names: alone, in metric math, and in a query with a schema.

    Raises:
        UndecidedError: a part of it is not known, or is a query without a schema.
    """
    if (metric := alarm.text("metricName")) is not None:
        names = frozenset(alarm.block("dimensions").fields)
        yield Watched(alarm.text("namespace") or "", metric, names, "dimensions")
    for query in alarm.blocks("metricQueries"):
        block, text = query.block("metric"), query.text("expression") or ""
        if block:
            names = frozenset(block.block("dimensions").fields)
            name, space = block.text("metricName") or "", block.text("namespace") or ""
            yield Watched(space, name, names, "metricQueries")
        elif found := _QUERY.match(text):
            names = frozenset(
                one.strip().strip('"') for one in found["dimensions"].split(",") if one.strip()
            )
            yield Watched(found["namespace"], found["metric"].strip('" '), names, "metricQueries")
        elif re.match(r"\s*SELECT\b", text, re.IGNORECASE):
            raise UndecidedError(query.path, "is a query without SCHEMA, of any dimensions")
