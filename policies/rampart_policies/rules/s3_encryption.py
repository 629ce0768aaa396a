"""s3-encryption: every bucket is encrypted with a customer managed key.

Why: with S3's own key, whoever may read the bucket reads the documents, and no key policy can
refuse it.

Remedy: add a `BucketServerSideEncryptionConfiguration` with `aws:kms` and the key's ARN.
"""

from rampart_policies import aws
from rampart_policies.buckets import receives_access_logs
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.stores import has_customer_key
from rampart_policies.values import NotApplicableError


def check(bucket: Resource, graph: Graph) -> Findings:
    """Ask for a key, except where S3 delivers access logs, which it cannot under one."""
    if receives_access_logs(bucket, graph):
        raise NotApplicableError
    if not has_customer_key(bucket, graph):
        yield "no customer managed key: whoever may read the bucket reads the documents"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.BUCKET,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_19", "CKV_AWS_145"),
)
