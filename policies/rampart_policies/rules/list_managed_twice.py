"""list-managed-twice: a list is given in the resource or item by item, not both ways.

Why: the resource writes its whole list, so the next update after a refresh removes what other
resources have added: routes, rules and attachments are gone, and no program has asked for it.

Remedy: move the resource's own list to resources of its items, or theirs into the list.
"""

from rampart_policies.graph import Graph, Resource
from rampart_policies.inline_lists import INLINE_LISTS, has_list, undone
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(holder: Resource, graph: Graph) -> Findings:
    """Compare its lists with the resources that add to them."""
    if not has_list(holder, graph):
        raise NotApplicableError
    for one, adder in undone(holder, graph):
        yield f"{one.path} is a list of its own and {adder.name} adds to it; see {one.source}"


RULE = stack_rule(
    __doc__,
    check,
    on=tuple(dict.fromkeys(one.holder for one in INLINE_LISTS)),
    severity=Severity.HIGH,
)
