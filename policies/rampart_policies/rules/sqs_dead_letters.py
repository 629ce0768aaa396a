"""sqs-dead-letters: every queue hands messages it cannot get processed to a dead letter queue.

Why: a message that always fails is retried until it expires, and then it is gone unread.

Remedy: set `redrivePolicy` with a dead letter queue and a `maxReceiveCount`.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.triggers import receives_failures
from rampart_policies.values import NotApplicableError


def check(queue: Resource, graph: Graph) -> Findings:
    """Look for a redrive policy on the queue or beside it; dead letter queues end the line."""
    if queue.has("redrivePolicy") and queue.json("redrivePolicy").has("deadLetterTargetArn"):
        return
    if graph.referrers(queue, aws.SQS_REDRIVE_POLICY, "queueUrl"):
        return
    if receives_failures(queue, graph):
        raise NotApplicableError
    yield "no redrivePolicy: messages that keep failing expire without anyone knowing"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.SQS_QUEUE,
    severity=Severity.HIGH,
    house=True,
    covers=("SQS3", "Serverless-SQSRedrivePolicy"),
)
