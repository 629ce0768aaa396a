"""Rules on RDS and Aurora."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    rds_backups,
    rds_certificate,
    rds_deletion_protection,
    rds_encryption,
    rds_iam,
    rds_logs,
    rds_multi_az,
    rds_private,
    rds_proxy_tls,
    rds_statement_log,
    rds_subnets,
    rds_tls,
    rds_version,
    stored_password,
)

RULES: tuple[Rule, ...] = (
    rds_backups.RULE,
    rds_certificate.RULE,
    rds_deletion_protection.RULE,
    rds_encryption.RULE,
    rds_iam.RULE,
    rds_logs.RULE,
    rds_multi_az.RULE,
    rds_private.RULE,
    rds_proxy_tls.RULE,
    rds_statement_log.RULE,
    rds_subnets.RULE,
    rds_tls.RULE,
    rds_version.RULE,
    stored_password.RULE,
)
