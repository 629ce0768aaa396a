"""Rules on IAM, and on resource policies that no service's own rules read."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    iam_access_keys,
    iam_boundary,
    iam_carried_keys,
    iam_decrypt_all,
    iam_escalation,
    iam_grant_targets,
    iam_managed_admin,
    iam_managed_policies,
    iam_pass_role,
    iam_trust,
    iam_trust_deputy,
    iam_trust_federated,
    iam_wildcard_actions,
    iam_wildcard_lists,
    iam_wildcard_logs,
    iam_wildcard_resources,
    resource_policy_open,
)

RULES: tuple[Rule, ...] = (
    iam_access_keys.RULE,
    iam_boundary.RULE,
    iam_carried_keys.RULE,
    iam_decrypt_all.RULE,
    iam_escalation.RULE,
    iam_grant_targets.RULE,
    iam_managed_admin.RULE,
    iam_managed_policies.RULE,
    iam_pass_role.RULE,
    iam_trust.RULE,
    iam_trust_deputy.RULE,
    iam_trust_federated.RULE,
    iam_wildcard_actions.RULE,
    iam_wildcard_lists.RULE,
    iam_wildcard_logs.RULE,
    iam_wildcard_resources.RULE,
    resource_policy_open.RULE,
)
