"""sns-tls: every topic refuses requests that do not come over TLS.

Why: SNS still answers plain HTTP; a message sent that way can be read and changed on its path.

Remedy: deny all principals `sns:Publish` in the topic policy where `aws:SecureTransport` is false.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.transport import lets_plain_http_in
from rampart_policies.rule import Findings, Severity, stack_rule


def check(topic: Resource, graph: Graph) -> Findings:
    """Look for the deny in the topic's own policy or in one beside it."""
    beside = graph.referrers(topic, aws.SNS_TOPIC_POLICY, "arn")
    granted = [one for holder in (topic, *beside) for one in statements(holder, "policy")]
    if lets_plain_http_in(granted, topic, ["sns:Publish"]):
        yield "no policy denies everyone without TLS: messages may travel readable"


RULE = stack_rule(
    __doc__, check, on=aws.SNS_TOPIC, severity=Severity.MEDIUM, house=True, covers=("SNS3",)
)
