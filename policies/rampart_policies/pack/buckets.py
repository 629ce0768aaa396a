"""Rules on S3."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    s3_abort_uploads,
    s3_access_log,
    s3_access_point_open,
    s3_archive,
    s3_encryption,
    s3_lifecycle,
    s3_ownership,
    s3_policy_open,
    s3_public_acl,
    s3_public_block,
    s3_tls,
    s3_versioning,
    s3_versioning_status,
)

RULES: tuple[Rule, ...] = (
    s3_abort_uploads.RULE,
    s3_access_log.RULE,
    s3_archive.RULE,
    s3_access_point_open.RULE,
    s3_encryption.RULE,
    s3_lifecycle.RULE,
    s3_ownership.RULE,
    s3_policy_open.RULE,
    s3_public_acl.RULE,
    s3_public_block.RULE,
    s3_tls.RULE,
    s3_versioning.RULE,
    s3_versioning_status.RULE,
)
