"""lambda-failure-path: a function invoked asynchronously keeps what it failed to process.

Why: after its retries Lambda drops the event; without a destination it is lost.

Remedy: set `deadLetterConfig` on the function or an on-failure destination on its event invoke
configuration.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.triggers import is_asynchronous
from rampart_policies.values import NotApplicableError


def check(function: Resource, graph: Graph) -> Findings:
    """Find out whether anything invokes it asynchronously, then whether failures are kept."""
    if not is_asynchronous(function, graph):
        raise NotApplicableError
    if function.has("deadLetterConfig.targetArn"):
        return
    configs = graph.referrers(function, aws.LAMBDA_INVOKE_CONFIG, "functionName")
    if not any(config.has("destinationConfig.onFailure.destination") for config in configs):
        yield "neither a dead letter queue nor an on-failure destination: failed events are lost"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_116", "Serverless-LambdaDLQ", "LambdaAsyncFailureDestination"),
)
