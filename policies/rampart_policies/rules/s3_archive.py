"""s3-archive: what functions read is not archived, unless one of them may restore it.

Why: S3 refuses to hand out an archived object until it was restored, which takes hours and which
nothing asks for: to its readers it is gone.

Remedy: use storage classes that are read at once (Intelligent-Tiering without archive tiers,
GLACIER_IR), or grant `s3:RestoreObject` to a function that restores on demand.
"""

from rampart_policies import aws
from rampart_policies.buckets import archives
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.grants import actions_on
from rampart_policies.rule import Findings, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(rules: Resource, graph: Graph) -> Findings:
    """Compare the archives with what the stack's identities may do with the bucket's objects."""
    archived = list(archives(rules))
    if not archived:
        raise NotApplicableError
    for bucket in graph.targets(rules, "bucket", aws.BUCKET):
        done = actions_on(bucket, ("s3:GetObject", "s3:RestoreObject"), graph)
        if done == {"s3:GetObject"}:
            yield f"objects of {bucket.name} go to {archived[0]}, are read, and cannot be restored"


RULE = stack_rule(
    __doc__, check, on=(aws.BUCKET_TIERING, *aws.BUCKET_LIFECYCLE), severity=Severity.MEDIUM
)
