"""sqs-visibility: a message stays invisible six times as long as its consumer may take.

Why: Lambda retries throttled batches meanwhile; a shorter time hands the same message to a
second invocation while the first still works on it.

Remedy: set `visibilityTimeoutSeconds` to at least six times the function's `timeout`.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.triggers import function_of
from rampart_policies.values import NotApplicableError

FACTOR = 6  # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
DEFAULT_VISIBILITY_SECONDS, DEFAULT_TIMEOUT_SECONDS = 30, 3


def check(mapping: Resource, graph: Graph) -> Findings:
    """Follow the mapping from its queue to its function, or to the function behind its alias."""
    queue = graph.target(mapping, "eventSourceArn", aws.SQS_QUEUE)
    function = function_of(mapping, "functionName", graph)
    if queue is None or function is None:
        raise NotApplicableError
    visibility = queue.number("visibilityTimeoutSeconds") or DEFAULT_VISIBILITY_SECONDS
    timeout = function.number("timeout") or DEFAULT_TIMEOUT_SECONDS
    if visibility < FACTOR * timeout:
        who = f"{queue.name} hides messages for {visibility:g} s, {function.name}"
        yield f"{who} may take {timeout:g} s: messages are processed twice"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.LAMBDA_EVENT_SOURCE_MAPPING,
    severity=Severity.HIGH,
    covers=("LambdaEventSourceSQSVisibilityTimeout",),
)
