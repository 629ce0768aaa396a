"""s3-tls: every bucket refuses requests that do not come over TLS.

Why: S3 still answers plain HTTP; a document sent that way can be read and changed on its path.

Remedy: deny all principals `s3:*` on the bucket and on `/*` in it, in the bucket policy, where
`aws:SecureTransport` is false.
"""

from rampart_policies import aws
from rampart_policies.buckets import policy_of
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.transport import lets_plain_http_in
from rampart_policies.rule import Findings, Severity, stack_rule


def check(bucket: Resource, graph: Graph) -> Findings:
    """Look for denies of everything, in the bucket's own policy or in one beside it."""
    granted = policy_of(bucket, graph)
    if lets_plain_http_in(granted, bucket, ["s3:*"], within="/*"):
        yield "no policy denies every request without TLS: documents may travel readable"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.BUCKET,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_379", "S10", "S3.5"),
)
