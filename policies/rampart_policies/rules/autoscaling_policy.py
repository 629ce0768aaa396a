"""autoscaling-policy: every autoscaling target has a policy that moves it.

Why: a target alone only sets the limits; the capacity stays where it was, whatever the load.

Remedy: add an `appautoscaling.Policy` with the target's resource and dimension.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.scaling import has_policy


def check(target: Resource, graph: Graph) -> Findings:
    """Look for a policy; a scheduled action moves the limits, but does not follow the load."""
    if not has_policy(target, graph):
        yield "no policy moves it: the capacity stays where it was"


RULE = stack_rule(__doc__, check, on=aws.AUTOSCALING_TARGET, severity=Severity.LOW)
