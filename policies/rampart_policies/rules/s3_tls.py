"""s3-tls: every bucket refuses requests that do not come over TLS.

Why: S3 still answers plain HTTP; a document sent that way can be read and changed on its path.

Remedy: deny all principals `s3:*` in the bucket policy where `aws:SecureTransport` is false.
"""

from rampart_policies import aws
from rampart_policies.buckets import policy_of
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.exposure import refuses_plain_http
from rampart_policies.rule import Findings, Severity, stack_rule


def check(bucket: Resource, graph: Graph) -> Findings:
    """Look for the deny in the bucket's own policy or in one beside it."""
    granted = policy_of(bucket, graph)
    for action in ("s3:GetObject", "s3:PutObject"):
        if not refuses_plain_http(granted, action):
            yield f"no policy denies {action} without TLS: documents may travel readable"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.BUCKET,
    severity=Severity.MEDIUM,
    covers=("CKV_AWS_379", "S10", "S3.5"),
)
