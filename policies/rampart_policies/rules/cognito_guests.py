"""cognito-guests: identity pools give AWS credentials to signed-in users only.

Why: an identity pool with guests hands AWS credentials to anyone who asks.

Remedy: set `allowUnauthenticatedIdentities` to false.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(pool: Resource) -> Findings:
    """Read the setting; absent means off."""
    if pool.flag("allowUnauthenticatedIdentities"):
        yield "allowUnauthenticatedIdentities is on: anyone gets AWS credentials"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.COGNITO_IDENTITY_POOL,
    severity=Severity.HIGH,
    covers=("CKV_AWS_366", "COG7", "Cognito.2"),
)
