"""mapping-failure-path: a stream's consumer keeps the records it could not process.

Why: a stream retries a bad record until it expires, holding up its shard, and then drops it.

Remedy: set `destinationConfig.onFailure.destinationArn`; for SQS, the queue's redrive policy does.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.triggers import reads_queue, source_service
from rampart_policies.values import NotApplicableError


def check(mapping: Resource, graph: Graph) -> Findings:
    """Look for a destination; queues hand on their own dead letters (sqs-dead-letters)."""
    if mapping.has("destinationConfig.onFailure.destinationArn"):
        return
    if reads_queue(mapping, graph) or source_service(mapping) == "mq":
        raise NotApplicableError
    yield "destinationConfig.onFailure is not set: records that keep failing are dropped"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.LAMBDA_EVENT_SOURCE_MAPPING,
    severity=Severity.HIGH,
    house=True,
    covers=("LambdaEventSourceMappingDestination",),
)
