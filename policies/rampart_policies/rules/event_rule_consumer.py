"""event-rule-consumer: every event rule has a target.

Why: events that a rule without target matches are dropped, and no metric shows it.

Remedy: add an `EventTarget` for the rule, or remove it.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(rule: Resource, graph: Graph) -> Findings:
    """Look for a target that names the rule."""
    if not graph.referrers(rule, aws.EVENT_TARGET, "rule"):
        yield "no target: the events it matches are dropped"


RULE = stack_rule(__doc__, check, on=aws.EVENT_RULE, severity=Severity.MEDIUM)
