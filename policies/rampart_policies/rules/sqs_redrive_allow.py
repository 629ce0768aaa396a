"""sqs-redrive-allow: a dead letter queue names the queues that may put messages into it.

Why: by default every queue of the account may use it, and messages of foreign queues are then
replayed into ours.

Remedy: set `redriveAllowPolicy` with `redrivePermission` `byQueue` and the `sourceQueueArns`.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.triggers import REDRIVES
from rampart_policies.values import NotApplicableError


def check(queue: Resource, graph: Graph) -> Findings:
    """Look for the policy on the queue or beside it, where another queue hands on to this one."""
    policies = [queue, *graph.referrers(queue, aws.SQS_REDRIVE_ALLOW_POLICY, "queueUrl")]
    given = {one.json("redriveAllowPolicy").text("redrivePermission") for one in policies}
    if given & {"byQueue", "denyAll"}:
        return
    if not any(graph.every_referrer(queue, kind, path) for kind, path in REDRIVES):
        raise NotApplicableError
    yield "redriveAllowPolicy does not name its sources: any queue may hand on to this one"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.SQS_QUEUE,
    severity=Severity.LOW,
    house=True,
    covers=(
        "DLQ retention longer than its source queue retention; DLQ has a redrive-allow policy",
    ),
)
