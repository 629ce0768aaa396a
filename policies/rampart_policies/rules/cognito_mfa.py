"""cognito-mfa: signing in takes more than a password.

Why: a password that was phished or reused elsewhere opens every document of its tenant.

Remedy: set `mfaConfiguration` to `ON` with `softwareTokenMfaConfiguration`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(pool: Resource) -> Findings:
    """Read the setting; OPTIONAL leaves the choice to those who need it most."""
    mode = pool.text("mfaConfiguration") or "OFF"
    if mode != "ON":
        yield f"mfaConfiguration is {mode}: a stolen password is enough"


RULE = resource_rule(
    __doc__, check, on=aws.COGNITO_USER_POOL, severity=Severity.MEDIUM, house=True, covers=("COG2",)
)
