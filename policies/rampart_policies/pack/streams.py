"""Rules on Kinesis, Firehose and file systems."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    efs_encryption,
    firehose_encryption,
    kinesis_encryption,
)

RULES: tuple[Rule, ...] = (
    efs_encryption.RULE,
    firehose_encryption.RULE,
    kinesis_encryption.RULE,
)
