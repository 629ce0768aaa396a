"""iam-trust-deputy: a service assumes a role only for our own resources.

Why: without a source, anyone's schedule or state machine could send the service with our role.

Remedy: test `aws:SourceArn` or `aws:SourceAccount` in the trust policy.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.exposure import confused_deputies
from rampart_policies.iam.told import by_statement
from rampart_policies.iam.trust import SAYS_ITS_SOURCE
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import before_unknown


def check(role: Resource) -> Findings:
    """Read the trust policy, for the services that say for whom they act, of any region."""
    trusted = statements(role, "assumeRolePolicy")
    deputies, unknown = before_unknown(confused_deputies(trusted, SAYS_ITS_SOURCE))
    for label, services in by_statement(deputies):
        yield f"assumeRolePolicy statement {label} lets {services} act for anyone"
    if unknown:
        raise unknown


RULE = resource_rule(__doc__, check, on=aws.IAM_ROLE, severity=Severity.HIGH)
