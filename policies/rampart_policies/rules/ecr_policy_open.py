"""ecr-policy-open: the policy of a repository or registry names who may pull and push.

Why: an image open to everyone gives the code away; one that everyone may push runs theirs.

Remedy: name principals, and test `aws:SourceArn` where Lambda pulls.
"""

from rampart_policies.graph import Resource
from rampart_policies.iam.exposure import policy_findings
from rampart_policies.resource_policies import IMAGES, resource_policy
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Read the policy beside a repository, of a registry, or of repositories to come."""
    path = IMAGES[resource.type]
    yield from policy_findings(resource_policy(resource, path), path)


RULE = resource_rule(
    __doc__, check, on=tuple(IMAGES), severity=Severity.CRITICAL, covers=("CKV_AWS_32", "ECR1")
)
