"""Rules on ECR repositories."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    ecr_immutable,
    ecr_key,
    ecr_lifecycle,
    ecr_policy_open,
    ecr_scan,
)

RULES: tuple[Rule, ...] = (
    ecr_immutable.RULE,
    ecr_key.RULE,
    ecr_lifecycle.RULE,
    ecr_policy_open.RULE,
    ecr_scan.RULE,
)
