"""alarm-metric: every alarm watches a metric, by a set of dimensions, that its service publishes.

Why: no data is published to another set, so the alarm never leaves INSUFFICIENT_DATA.

Remedy: take a metric and dimensions of the service's list, or compute it by metric math.
"""

from rampart_policies import aws, published_metrics
from rampart_policies.alarms import Watched, watched_by
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import UndecidedError


def check(alarm: Resource, graph: Graph) -> Findings:
    """Compare each metric with the table; a rule's bus decides how its metrics are named."""
    for one in watched_by(alarm):
        if not any(published_metrics.of(one.namespace)):
            raise UndecidedError(
                one.path, f"names {one.namespace}, whose metrics are not in the table"
            )
        known = list(published_metrics.of(one.namespace, one.metric))
        sets = {by for each in known for by in each.dimensions}
        if not known:
            yield f"{one.namespace} publishes no {one.metric}"
        elif one.dimensions not in sets or _lacks_its_bus(alarm, one, graph):
            by = "+".join(sorted(one.dimensions)) or "no dimension"
            yield f"{one.namespace} does not publish {one.metric} by {by}; see {known[0].source}"


def _lacks_its_bus(alarm: Resource, one: Watched, graph: Graph) -> bool:
    if one.namespace != "AWS/Events" or set(one.dimensions) != {"RuleName"}:
        return False
    rules = graph.targets(alarm, one.path, aws.EVENT_RULE)
    return any((rule.text("eventBusName") or "default") != "default" for rule in rules)


RULE = stack_rule(__doc__, check, on=aws.ALARM, severity=Severity.HIGH)
