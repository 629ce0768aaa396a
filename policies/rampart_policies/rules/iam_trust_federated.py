"""iam-trust-federated: whoever assumes a role through an identity provider is named.

Why: GitHub, Cognito and the like vouch for everyone; without the subject any repository, any pool
and any pod becomes the role.

Remedy: test `sub` (OIDC, EKS), `aud` and `amr` (Cognito identity pools) or `SAML:aud`, with the
tenant's whole name.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.iam.document import statements
from rampart_policies.iam.told import by_statement
from rampart_policies.iam.trust import outsiders
from rampart_policies.rule import Findings, Severity, resource_rule
from rampart_policies.values import before_unknown


def check(role: Resource) -> Findings:
    """Read the trust policy's federated principals and what is asked of their tokens."""
    let_in, unknown = before_unknown(outsiders(statements(role, "assumeRolePolicy")))
    for label, who in by_statement(let_in):
        yield f"assumeRolePolicy statement {label} lets {who} assume the role"
    if unknown:
        raise unknown


RULE = resource_rule(__doc__, check, on=aws.IAM_ROLE, severity=Severity.CRITICAL)
