"""sqs-dead-letter-retention: a dead letter outlives the messages of its source queue.

Why: a message keeps its age when it moves, so with equal retention it may expire on arrival.

Remedy: set the dead letter queue's `messageRetentionSeconds` to 1209600, its maximum.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.triggers import dead_letters_of
from rampart_policies.values import NotApplicableError

DEFAULT_SECONDS, MAX_SECONDS = 345_600, 1_209_600


def check(queue: Resource, graph: Graph) -> Findings:
    """Compare both retentions; at the maximum there is no more to ask for."""
    if (dead := dead_letters_of(queue, graph)) is None:
        raise NotApplicableError
    kept = dead.number("messageRetentionSeconds") or DEFAULT_SECONDS
    source = queue.number("messageRetentionSeconds") or DEFAULT_SECONDS
    if kept <= source and kept < MAX_SECONDS:
        yield f"{dead.name} keeps messages {kept:g} s, this queue {source:g} s: they expire unread"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.SQS_QUEUE,
    severity=Severity.MEDIUM,
    covers=(
        "DLQ retention longer than its source queue retention; DLQ has a redrive-allow policy",
    ),
)
