"""Rules on KMS keys, Secrets Manager and Parameter Store."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    environment_secret,
    kms_enabled,
    kms_policy,
    kms_rotation,
    kms_services,
    parameter_encryption,
    parameter_plain,
    secret_key,
    secret_policy_open,
    secret_rotation,
)

RULES: tuple[Rule, ...] = (
    environment_secret.RULE,
    kms_enabled.RULE,
    kms_policy.RULE,
    kms_rotation.RULE,
    kms_services.RULE,
    parameter_encryption.RULE,
    parameter_plain.RULE,
    secret_key.RULE,
    secret_policy_open.RULE,
    secret_rotation.RULE,
)
