"""elasticache-multi-az: a cache survives the loss of its availability zone.

Why: with one zone, a zone that fails takes every session along.

Remedy: set `automaticFailoverEnabled` and `multiAzEnabled`, with at least one replica.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(cache: Resource) -> Findings:
    """Read both switches; both are off by default."""
    for key in ("automaticFailoverEnabled", "multiAzEnabled"):
        if not cache.flag(key):
            yield f"{key} is off: the cache stops with its availability zone"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.ELASTICACHE_GROUP,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV2_AWS_50", "AEC4", "ElastiCache.3"),
)
