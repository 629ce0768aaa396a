"""dead-letter-alarm: every dead letter queue raises an alarm when a message arrives in it.

Why: dead letters are work that was not done; unseen, they expire after two weeks at most.

Remedy: an alarm with an action on `ApproximateNumberOfMessagesVisible` of the queue.
"""

from rampart_policies import aws
from rampart_policies.alarms import alarms_on, is_heard
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.triggers import receives_failures
from rampart_policies.values import NotApplicableError

METRICS = ("ApproximateNumberOfMessagesVisible",)


def check(queue: Resource, graph: Graph) -> Findings:
    """Find out whether failures end here, then look for an alarm that notifies someone."""
    if any(is_heard(alarm) for alarm in alarms_on(queue, METRICS, graph)):
        return
    if not receives_failures(queue, graph):
        raise NotApplicableError
    yield "no alarm with an action watches its messages: lost work goes unnoticed"


RULE = stack_rule(__doc__, check, on=aws.SQS_QUEUE, severity=Severity.HIGH, house=True)
