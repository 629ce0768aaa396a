"""iam-trust-federated: whoever assumes a role through an identity provider is named.

Why: GitHub, Cognito and the like vouch for everyone; without the subject any repository, any pool
and any pod becomes the role.

Remedy: test `sub` (OIDC, EKS), `aud` and `amr` (Cognito identity pools) or `SAML:aud`, with the
tenant's whole name.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.trust import outsiders
from rampart_policies.rule import Findings, Severity, resource_rule


def check(role: Resource) -> Findings:
    """Read the trust policy's federated principals and what is asked of their tokens."""
    for statement, who in outsiders(statements(role, "assumeRolePolicy")):
        yield f"assumeRolePolicy statement {statement.label} lets {who} assume the role"


RULE = resource_rule(__doc__, check, on=aws.IAM_ROLE, severity=Severity.CRITICAL)
