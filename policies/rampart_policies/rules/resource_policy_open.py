"""resource-policy-open: whatever carries a resource policy names who may use it.

Why: everyone's credentials then reach file systems, packages, catalogues and the like.

Remedy: name principals, and test `aws:SourceArn` or `aws:SourceAccount` for services.
"""

from rampart_policies.graph import Resource
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.resource_policies import OTHERS, resource_policy
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Read the policy of a resource that no other rule speaks of."""
    path = OTHERS[resource.type]
    yield from policy_findings(resource_policy(resource, path), path)


RULE = resource_rule(__doc__, check, on=tuple(OTHERS), severity=Severity.HIGH)
