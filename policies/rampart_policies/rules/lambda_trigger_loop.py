"""lambda-trigger-loop: no function may write where that sets it off again.

Why: such a function invokes itself without end, and every round is paid for.

Remedy: write under another prefix, to another queue or bus, or grant only events of another
`detail-type`.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.loops import loop_through
from rampart_policies.rule import Findings, Severity, stack_rule


def check(function: Resource, graph: Graph) -> Findings:
    """Follow its permissions to stores, and what these trigger, until it comes round."""
    if way := loop_through(function, graph):
        yield f"may write to {' -> '.join(way)}: it may set itself off without end"


RULE = stack_rule(__doc__, check, on=aws.LAMBDA_FUNCTION, severity=Severity.HIGH)
