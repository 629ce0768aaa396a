"""lambda-alias-target: what invokes a function with prepared or shifted versions names its alias.

Why: SnapStart, provisioned concurrency and weighted aliases only work for versions; a caller of
$LATEST starts cold, and gets code that was never released.

Remedy: give API, mapping, rule or permission the alias's ARN (or `qualifier`).
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.triggers import has_releases, unqualified_callers
from rampart_policies.values import NotApplicableError


def check(function: Resource, graph: Graph) -> Findings:
    """Find out whether versions matter here, then look at everything that names the function."""
    if not has_releases(function, graph):
        raise NotApplicableError
    for caller in unqualified_callers(function, graph):
        yield f"{caller.name} names the function without alias: it gets $LATEST"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.MEDIUM,
    covers=(
        (
            "Alias (not $LATEST) is the target of every API/event source when SnapStart, canary or "
            "provisioned concurrency is on"
        ),
    ),
)
