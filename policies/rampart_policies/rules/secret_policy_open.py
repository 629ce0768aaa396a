"""secret-policy-open: a secret's policy names who may read it.

Why: a secret that everyone may read is a password in public, whatever key encrypts it.

Remedy: name roles, or test `aws:PrincipalOrgID` or `aws:SourceVpce`; set `blockPublicPolicy`.
"""

from rampart_policies.graph import Resource
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.resource_policies import SECRETS, resource_policy
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Read the policy of a secret, or the one that stands beside it."""
    yield from policy_findings(resource_policy(resource, SECRETS[resource.type]))


RULE = resource_rule(__doc__, check, on=tuple(SECRETS), severity=Severity.CRITICAL)
