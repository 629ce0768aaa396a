"""s3-lifecycle: every bucket says what happens to its objects in the end.

Why: without rules, deleted documents remain as old versions, which costs money and may break
retention rules.

Remedy: add a `BucketLifecycleConfiguration`; in a versioned bucket expire noncurrent versions.
"""

from rampart_policies import aws
from rampart_policies.buckets import is_versioned, lifecycle_of
from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Findings, Severity, stack_rule


def check(bucket: Resource, graph: Graph) -> Findings:
    """Look for a rule in force, and for one about old versions where there are any."""
    rules = lifecycle_of(bucket, graph)
    if not rules:
        yield "no lifecycle rule in force: everything is kept, and paid for, forever"
    elif is_versioned(bucket, graph) and not any(
        rule.has("noncurrentVersionExpiration") or rule.has("noncurrentVersionTransitions")
        for rule in rules
    ):
        yield "no lifecycle rule for noncurrent versions: deleted documents live on"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.BUCKET,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV2_AWS_61", "S3.10", "S3.13"),
)
