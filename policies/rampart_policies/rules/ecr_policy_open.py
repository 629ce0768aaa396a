"""ecr-policy-open: a repository's policy names who may pull and push.

Why: an image open to everyone gives the code away; one that everyone may push runs theirs.

Remedy: name principals, and test `aws:SourceArn` where Lambda pulls.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import confused_deputies, open_to_the_world
from rampart_policies.rule import Findings, Severity, resource_rule


def check(policy: Resource) -> Findings:
    """Read the policy that stands beside the repository."""
    granted = statements(policy, "policy")
    for statement in open_to_the_world(granted):
        yield f"policy statement {statement.label} lets everyone in"
    for statement, service in confused_deputies(granted):
        yield f"policy statement {statement.label} lets {service} act for any account"


RULE = resource_rule(
    __doc__, check, on=aws.ECR_POLICY, severity=Severity.CRITICAL, covers=("CKV_AWS_32", "ECR1")
)
