"""Rules on DynamoDB, and on what several kinds of stores have in common."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    archive_policy_open,
    autoscaling_policy,
    data_policy_open,
    dynamodb_capacity,
    dynamodb_deletion_protection,
    dynamodb_encryption,
    dynamodb_recovery,
    search_policy_open,
)

RULES: tuple[Rule, ...] = (
    autoscaling_policy.RULE,
    archive_policy_open.RULE,
    data_policy_open.RULE,
    dynamodb_capacity.RULE,
    dynamodb_deletion_protection.RULE,
    dynamodb_encryption.RULE,
    dynamodb_recovery.RULE,
    search_policy_open.RULE,
)
