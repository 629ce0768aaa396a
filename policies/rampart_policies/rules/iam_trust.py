"""iam-trust: a role is assumed by named services, and by no other account without agreement.

Why: a trust open to everyone or to a foreign account hands the role's permissions away.

Remedy: trust one service; for another account test `sts:ExternalId` or `aws:PrincipalOrgID`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import accounts_without_agreement, open_to_the_world
from rampart_policies.rule import Findings, Setting, Severity, resource_rule


def check(role: Resource, *, own_accounts: list[str]) -> Findings:
    """Read the trust policy; roles for people come with conditions that name them."""
    trusted = statements(role, "assumeRolePolicy")
    for statement in open_to_the_world(trusted):
        yield f"assumeRolePolicy statement {statement.label} lets everyone assume the role"
    for statement, account in accounts_without_agreement(trusted, own_accounts):
        yield f"assumeRolePolicy statement {statement.label} trusts account {account}"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.IAM_ROLE,
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_60", "CKV_AWS_61"),
    settings={"own_accounts": Setting([], "account ids that may assume roles")},
)
