"""Rules on ElastiCache and DAX."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    dax_encryption,
    elasticache_auth,
    elasticache_encryption,
    elasticache_multi_az,
    elasticache_subnets,
)

RULES: tuple[Rule, ...] = (
    dax_encryption.RULE,
    elasticache_auth.RULE,
    elasticache_encryption.RULE,
    elasticache_multi_az.RULE,
    elasticache_subnets.RULE,
)
