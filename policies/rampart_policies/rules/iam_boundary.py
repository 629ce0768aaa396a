"""iam-boundary: every function's role has a permissions boundary.

Why: whatever policy is attached to the role later, by whomever, the boundary still limits it.

Remedy: set `permissionsBoundary` to the ARN of a policy that limits all roles.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.document import statements
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import NotApplicableError

LAMBDA = ("Service", "lambda.amazonaws.com")


def check(role: Resource) -> Findings:
    """Find out by the trust policy whether functions run with the role."""
    trusted = statements(role, "assumeRolePolicy")
    if not any(statement.allows and LAMBDA in statement.principals for statement in trusted):
        raise NotApplicableError
    if not role.has("permissionsBoundary"):
        yield "permissionsBoundary is not set: one more policy makes it an administrator"


RULE = resource_rule(__doc__, check, on=aws.IAM_ROLE, severity=Severity.MEDIUM, house=True)
