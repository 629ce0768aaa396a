"""iam-trust-deputy: a service assumes a role only for our own resources.

Why: without a source, anyone's schedule or state machine could send the service with our role.

Remedy: test `aws:SourceArn` or `aws:SourceAccount` in the trust policy.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import confused_deputies
from rampart_policies.iam.trust import SAYS_ITS_SOURCE
from rampart_policies.rule import Findings, Severity, resource_rule


def check(role: Resource) -> Findings:
    """Read the trust policy, for the services that say for whom they act, of any region."""
    trusted = statements(role, "assumeRolePolicy")
    for statement, service in confused_deputies(trusted, SAYS_ITS_SOURCE):
        yield f"assumeRolePolicy statement {statement.label} lets {service} act for anyone"


RULE = resource_rule(__doc__, check, on=aws.IAM_ROLE, severity=Severity.HIGH)
