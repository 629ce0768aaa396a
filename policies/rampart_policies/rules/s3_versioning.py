"""s3-versioning: every bucket keeps the versions that are overwritten or deleted.

Why: without versions one wrong call, or one stolen key, destroys documents for good.

Remedy: add a `BucketVersioning` with status `Enabled`.
"""

from rampart_policies import aws
from rampart_policies.buckets import is_versioned
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(bucket: Resource, graph: Graph) -> Findings:
    """Look for versioning beside the bucket or in it; s3-versioning-status reads its status."""
    if not is_versioned(bucket, graph):
        yield "no versioning: what is overwritten or deleted is gone"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.BUCKET,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_21",),
)
