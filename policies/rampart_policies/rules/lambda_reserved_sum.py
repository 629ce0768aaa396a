"""lambda-reserved-sum: what functions reserve leaves others the concurrency that Lambda demands.

Why: an account has 1,000 at first, often less, and Lambda refuses to reserve the last 100: the
deployment fails at the function that would take them.

Remedy: reserve only where a service behind a function needs protection, or raise the quota first
and the setting with it.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Setting, Severity, stack_rule
from rampart_policies.values import NotApplicableError

# https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
UNRESERVED = 100


def check(function: Resource, graph: Graph, *, account_concurrency: int) -> Findings:
    """Add up what the stack reserves; each function that reserves is told of the sum."""
    own = function.number("reservedConcurrentExecutions") or 0
    if own <= 0:
        raise NotApplicableError
    each = [one.number("reservedConcurrentExecutions") or 0 for one in graph.of(function.type)]
    total, most = sum(one for one in each if one > 0), account_concurrency - UNRESERVED
    if total > most:
        yield f"it reserves {own:g} of {total:g} in the stack, and {most:g} can be reserved"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.MEDIUM,
    settings={"account_concurrency": Setting(1000, "the account's quota of concurrent executions")},
)
