"""elasticache-auth: every cache asks its clients who they are.

Why: without login, whoever gets into the network reads and changes every session.

Remedy: set `userGroupIds` (or `userGroupId` of a serverless cache) with users that log in by IAM,
or `authToken`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule

KEYS = ("authToken", "authTokenWo", "userGroupId", "userGroupIds")


def check(cache: Resource) -> Findings:
    """Look for a token or a group of users."""
    if not any(cache.has(key) for key in KEYS):
        yield "neither userGroupIds nor authToken is set: whoever connects reads everything"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.ELASTICACHE_GROUP, aws.ELASTICACHE_SERVERLESS),
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_31", "AEC6", "ElastiCache.6"),
)
