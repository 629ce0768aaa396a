"""iam-access-keys: no user has long-lived access keys.

Why: a key in a file or a laptop works from anywhere until someone deletes it, and stands in the
stack's state as well.

Remedy: let people and pipelines assume a role (IAM Identity Center, OIDC), machines by their own.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(key: Resource) -> Findings:
    """Read the status; a key that is not active opens nothing."""
    if key.text("status") != "Inactive":
        yield f"an access key of user {key.text('user')} works until it is deleted"


RULE = resource_rule(__doc__, check, on=aws.IAM_ACCESS_KEY, severity=Severity.HIGH)
