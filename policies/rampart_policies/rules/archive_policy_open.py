"""archive-policy-open: the policy of a backup vault names who may use it.

Why: a backup holds everything the original held; who may copy it out or delete it decides.

Remedy: name accounts or roles, or test `aws:PrincipalOrgID`.
"""

from rampart_policies.graph import Resource
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.resource_policies import ARCHIVES, resource_policy
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Read the policy of a vault, or the one that stands beside it."""
    path = ARCHIVES[resource.type]
    yield from policy_findings(resource_policy(resource, path), path)


RULE = resource_rule(__doc__, check, on=tuple(ARCHIVES), severity=Severity.CRITICAL)
