"""lambda-retries: a function invoked asynchronously says how long it is retried.

Why: by default Lambda retries for up to six hours; work that late is often done by then in another
way, and is done twice.

Remedy: set `maximumEventAgeInSeconds` (and `maximumRetryAttempts`, where two are too many) beside
the on-failure destination.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.triggers import is_asynchronous
from rampart_policies.values import NotApplicableError

SIX_HOURS = 21_600


def check(function: Resource, graph: Graph) -> Findings:
    """Look at the function's event invoke configurations."""
    if not is_asynchronous(function, graph):
        raise NotApplicableError
    configs = graph.every_referrer(function, aws.LAMBDA_INVOKE_CONFIG, "functionName")
    key = "maximumEventAgeInSeconds"
    if not configs or not all(config.declares(key, SIX_HOURS) for config in configs):
        yield f"{key} is left to its default: failed events come back for up to six hours"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.LOW,
    house=True,
    covers=("Async retries/max age set with on-failure destination",),
)
