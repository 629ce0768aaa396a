"""Rules on OpenSearch domains."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    opensearch_encryption,
    opensearch_logs,
    opensearch_nodes,
    opensearch_tls,
    opensearch_users,
    opensearch_vpc,
)

RULES: tuple[Rule, ...] = (
    opensearch_encryption.RULE,
    opensearch_logs.RULE,
    opensearch_nodes.RULE,
    opensearch_tls.RULE,
    opensearch_users.RULE,
    opensearch_vpc.RULE,
)
