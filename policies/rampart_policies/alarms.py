"""Which alarms watch a resource, and whether anybody hears them: shared by the rules on alarms."""

from collections.abc import Iterator

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource

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
