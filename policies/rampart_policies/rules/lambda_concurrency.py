"""lambda-concurrency: whatever calls a function without waiting is bounded, there or here.

Why: a burst of events takes the account's whole concurrency, and every other function is throttled.

Remedy: put a queue between, whose mapping has a maximum concurrency, or set
`reservedConcurrentExecutions` to what its downstream services can bear.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.triggers import unbounded_callers


def check(function: Resource, graph: Graph) -> Findings:
    """Look at who calls; requests of an API and calls of other functions wait for their answer."""
    reserved = function.number("reservedConcurrentExecutions")
    if reserved is not None and reserved >= 0:
        return
    for caller in unbounded_callers(function, graph):
        yield f"{caller.name} calls it as often as there are events, and nothing limits how many"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.MEDIUM,
    house=True,
)
