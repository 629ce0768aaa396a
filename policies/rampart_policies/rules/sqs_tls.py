"""sqs-tls: every queue refuses requests that do not come over TLS.

Why: SQS still answers plain HTTP; a message sent that way can be read and changed on its path.

Remedy: deny all principals `sqs:*` in the queue policy where `aws:SecureTransport` is false.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.transport import lets_plain_http_in
from rampart_policies.rule import Findings, Severity, stack_rule


def check(queue: Resource, graph: Graph) -> Findings:
    """Look for the deny in the queue's own policy or in one beside it."""
    beside = graph.referrers(queue, aws.SQS_QUEUE_POLICY, "queueUrl")
    granted = [one for holder in (queue, *beside) for one in statements(holder, "policy")]
    if lets_plain_http_in(granted, queue, ["sqs:*"]):
        yield "no policy denies every request without TLS: messages may travel readable"


RULE = stack_rule(
    __doc__, check, on=aws.SQS_QUEUE, severity=Severity.MEDIUM, house=True, covers=("SQS4",)
)
