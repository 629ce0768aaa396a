"""hidden-dependency: what AWS wants to exist first is made first, though no property says so.

Why: the engine makes what does not depend on each other at once; the first deployment then fails,
or succeeds by luck and leaves objects without version and key.

Remedy: `dependsOn` the resource that is named, or take an input from one that depends on it.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.hidden_dependencies import HIDDEN_DEPENDENCIES, missing
from rampart_policies.rule import Findings, Severity, stack_rule


def check(resource: Resource, graph: Graph) -> Findings:
    """Look for each need of the table among what it waits for."""
    for one, needed in missing(resource, graph):
        yield f"it does not wait for {needed.name}: {one.harm}; see {one.source}"


RULE = stack_rule(
    __doc__,
    check,
    on=tuple(
        dict.fromkeys(
            kind
            for one in HIDDEN_DEPENDENCIES
            for kind in ((one.made,) if isinstance(one.made, str) else one.made)
        )
    ),
    severity=Severity.MEDIUM,
)
