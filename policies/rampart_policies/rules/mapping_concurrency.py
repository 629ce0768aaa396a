"""mapping-concurrency: a queue's consumer has a limit that its reserved concurrency can meet.

Why: without limit a full queue takes every instance there is; above the reserved concurrency,
throttled messages are counted as received and end as dead letters unprocessed.

Remedy: set `scalingConfig.maximumConcurrency`, at most the `reservedConcurrentExecutions`, or
`provisionedPollerConfig.maximumPollers`, of which each keeps ten instances busy.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.triggers import function_of, most_consumers, reads_queue
from rampart_policies.values import NotApplicableError


def check(mapping: Resource, graph: Graph) -> Findings:
    """Compare the mapping's limit with what the function reserves, if it does."""
    if not reads_queue(mapping, graph):
        raise NotApplicableError
    most = most_consumers(mapping)
    if most is None:
        yield "scalingConfig.maximumConcurrency is not set: a full queue takes every instance"
    elif function := function_of(mapping, "functionName", graph):
        reserved = function.number("reservedConcurrentExecutions")
        if reserved is not None and 0 <= reserved < most:
            yield f"{most:g} consumers at a time, and {function.name} reserves {reserved:g}"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.LAMBDA_EVENT_SOURCE_MAPPING,
    severity=Severity.MEDIUM,
    house=True,
    covers=("SQS mapping has maximum concurrency; reserved concurrency not below it",),
)
