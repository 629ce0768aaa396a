"""iam-trust: a role is assumed by named services, and by no other account without agreement.

Why: a trust open to everyone or to a foreign account hands the role's permissions away.

Remedy: trust one service; for another account test `sts:ExternalId` or `aws:PrincipalOrgID`.
"""

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import accounts_without_agreement, open_to_the_world
from rampart_policies.iam.own_accounts import others
from rampart_policies.iam.told import by_statement
from rampart_policies.rule import Findings, Setting, Severity, stack_rule
from rampart_policies.values import before_unknown


def check(role: Resource, graph: Graph, *, own_accounts: list[str]) -> Findings:
    """Read the trust policy; roles for people come with conditions that name them."""
    trusted = statements(role, "assumeRolePolicy")
    world, unknown = before_unknown(open_to_the_world(trusted))
    for one in world:
        yield f"assumeRolePolicy statement {one.label} lets everyone assume the role"
    let_in = others(accounts_without_agreement(trusted), graph, own_accounts)
    accounts, unknown_account = before_unknown(let_in)
    for label, named in by_statement(one for one in accounts if one[0] not in world):
        yield f"assumeRolePolicy statement {label} trusts account {named}"
    if missing := unknown or unknown_account:
        raise missing


RULE = stack_rule(
    __doc__,
    check,
    on=aws.IAM_ROLE,
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_60", "CKV_AWS_61"),
    settings={"own_accounts": Setting([], "ids that may assume roles, besides the program's own")},
)
