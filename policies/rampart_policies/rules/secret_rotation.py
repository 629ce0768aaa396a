"""secret-rotation: every secret that AWS can renew is renewed in time.

Why: a secret that leaked years ago is still valid today.

Remedy: add a `SecretRotation` of at most 90 days; where another service issues the secret, name
it in the tag `issued-by`, and renew it there.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.rotation import longest_days
from rampart_policies.rule import Findings, Setting, Severity, stack_rule
from rampart_policies.values import NotApplicableError


def check(secret: Resource, graph: Graph, *, maximum_days: float, issued_by: str) -> Findings:
    """Look for a rotation, and for the longest time between two."""
    if secret.block("tags").has(issued_by):
        raise NotApplicableError
    rotations = graph.referrers(secret, aws.SECRET_ROTATION, "secretId")
    if not rotations:
        yield "no rotation: a copy that leaked is valid for ever"
    for rotation in rotations:
        days = longest_days(rotation.block("rotationRules"))
        if days is None:
            yield "rotationRules has no interval: it is never renewed by itself"
        elif days > maximum_days:
            yield f"rotationRules renews it after {days:g} days: longer than {maximum_days:g}"


RULE = stack_rule(
    __doc__,
    check,
    on=aws.SECRET,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_304", "CKV2_AWS_57", "SMG4", "SecretsManager.1", "SecretsManager.4"),
    settings={"maximum_days": Setting(90, "most"), "issued_by": Setting("issued-by", "a tag")},
)
