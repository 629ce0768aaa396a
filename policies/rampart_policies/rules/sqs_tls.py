"""sqs-tls: every queue refuses requests that do not come over TLS.

Why: SQS still answers plain HTTP; a message sent that way can be read and changed on its path.

Remedy: deny all principals `sqs:*` in the queue policy where `aws:SecureTransport` is false.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import refuses_plain_http
from rampart_policies.rule import Findings, Severity, stack_rule


def check(queue: Resource, graph: Graph) -> Findings:
    """Look for the deny in the queue's own policy or in one beside it."""
    granted = [*statements(queue, "policy")]
    for policy in graph.referrers(queue, aws.SQS_QUEUE_POLICY, "queueUrl"):
        granted += statements(policy, "policy")
    if not refuses_plain_http(granted, "sqs:SendMessage"):
        yield "no policy denies requests without TLS: messages may travel readable"


RULE = stack_rule(__doc__, check, on=aws.SQS_QUEUE, severity=Severity.MEDIUM, covers=("SQS4",))
