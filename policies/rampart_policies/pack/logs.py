"""Rules on CloudWatch log groups."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    logs_key,
    logs_policy_open,
    logs_retention,
)

RULES: tuple[Rule, ...] = (
    logs_key.RULE,
    logs_policy_open.RULE,
    logs_retention.RULE,
)
