"""alarm-noise: no alarm fires for a single failure or for a message whose retry is not due yet.

Why: whoever is called for nothing stops to look, and then misses the fault that counts.

Remedy: raise the threshold, or judge a part of all requests by metric math; let the age of a
queue's oldest message be longer than its visibility timeout.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule

# Failures that are retried, or that a dead letter queue with its own alarm keeps.
SINGLE = {
    "AWS/Lambda": ("Errors", "Throttles"),
    "AWS/ApiGateway": ("4XXError", "5XXError", "4xx", "5xx"),
    "AWS/DynamoDB": ("ReadThrottleEvents", "WriteThrottleEvents", "SystemErrors", "UserErrors"),
}
AGE, ABOVE = "ApproximateAgeOfOldestMessage", "GreaterThanThreshold"


def check(alarm: Resource, graph: Graph) -> Findings:
    """Look at sums that one event passes, and at the queue that an age is about."""
    metric, least = alarm.text("metricName"), alarm.number("threshold") or 0
    if metric in SINGLE.get(alarm.text("namespace") or "", ()) and alarm.text("statistic") == "Sum":
        first = least < 1 if alarm.text("comparisonOperator") == ABOVE else least <= 1
        if first and (alarm.number("datapointsToAlarm") or alarm.number("evaluationPeriods")) == 1:
            yield f"one of {metric} in {alarm.number('period') or 0:g} s is enough to fire it"
    for queue in graph.targets(alarm, "dimensions", aws.SQS_QUEUE) if metric == AGE else ():
        hidden = queue.number("visibilityTimeoutSeconds") or 30
        if least <= hidden:
            yield f"it fires at {least:g} s, but {queue.name} retries a message after {hidden:g} s"


RULE = stack_rule(__doc__, check, on=aws.ALARM, severity=Severity.MEDIUM)
