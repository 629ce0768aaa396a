"""alarm-coverage: every function, queue, API, rule and workflow has an alarm that notifies someone.

Why: what fails without alarm is found by customers.

Remedy: an alarm with an action on the resource's vital metric, e.g. `Errors` of a function.
"""

from rampart_policies import aws
from rampart_policies.alarms import VITAL, alarms_on, is_heard
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.triggers import receives_failures
from rampart_policies.values import NotApplicableError


def check(resource: Resource, graph: Graph) -> Findings:
    """Look for alarms on its vital metrics; dead letter queues have a law of their own."""
    _, metrics = VITAL[resource.type]
    if resource.type == aws.SQS_QUEUE and receives_failures(resource, graph):
        raise NotApplicableError
    if not any(is_heard(alarm) for alarm in alarms_on(resource, metrics, graph)):
        yield f"no alarm with an action watches {' or '.join(metrics)}: failures go unnoticed"


RULE = stack_rule(
    __doc__,
    check,
    on=tuple(VITAL),
    severity=Severity.MEDIUM,
    house=True,
    covers=("Every function, queue, DLQ, API and rule has its alarms with an action",),
)
