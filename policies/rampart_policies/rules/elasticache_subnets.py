"""elasticache-subnets: every cache stands in subnets that the program chose.

Why: without a subnet group the cache stands in the default network, where everything may reach it.

Remedy: set `subnetGroupName` to a `SubnetGroup` of private subnets; `subnetIds` of a serverless
cache.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError


def check(cache: Resource) -> Findings:
    """Look for a group that is not the default one; a member of a group stands where that does."""
    if cache.type == aws.ELASTICACHE_CLUSTER and cache.has("replicationGroupId"):
        raise NotApplicableError
    key = "subnetIds" if cache.type == aws.ELASTICACHE_SERVERLESS else "subnetGroupName"
    if not cache.has(key) or "default" in cache.texts(key):
        yield f"{key} is not set: the cache stands in the default network"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.ELASTICACHE_CLUSTER, aws.ELASTICACHE_GROUP, aws.ELASTICACHE_SERVERLESS),
    severity=Severity.MEDIUM,
    house=True,
    covers=("AEC1", "ElastiCache.7"),
)
