"""s3-access-log: every bucket records who read and who wrote.

Why: after a leak there is no record of which objects were read.

Remedy: add a `BucketLogging` that delivers to a bucket of its own.
"""

from rampart_policies import aws
from rampart_policies.buckets import receives_access_logs
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(bucket: Resource, graph: Graph) -> Findings:
    """Look for logging; a bucket of logs would log its own deliveries for ever."""
    if bucket.has("logging.targetBucket"):
        return
    if graph.referrers(bucket, aws.BUCKET_LOGGING, "bucket"):
        return
    if receives_access_logs(bucket, graph):
        raise NotApplicableError
    yield "no access log: after a leak there is no record of what was read"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.BUCKET,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_18", "S1", "S3.9"),
)
