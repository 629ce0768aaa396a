"""lambda-own-role: every function has an execution role of its own.

Why: a shared role grants each function what any of them needs, and a breach of one is a breach of
all; CloudTrail names the same role for each.

Remedy: make one role for each function.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(role: Resource, graph: Graph) -> Findings:
    """Count the functions that run under the role."""
    functions = graph.referrers(role, aws.LAMBDA_FUNCTION, "role")
    if len(functions) > 1:
        names = ", ".join(sorted(function.name for function in functions))
        yield f"{names} share the role: each may do what any of them may"
    elif not graph.every_referrer(role, aws.LAMBDA_FUNCTION, "role"):
        raise NotApplicableError


RULE = stack_rule(
    __doc__,
    check,
    on=aws.IAM_ROLE,
    severity=Severity.HIGH,
    house=True,
    covers=("One role per function; no role shared by two functions",),
)
