"""cognito-threats: sign-ins with leaked passwords and from strange places are stopped.

Why: credential stuffing tries millions of leaked passwords; each alone looks like a customer.

Remedy: set `userPoolAddOns.advancedSecurityMode` to `ENFORCED`, and `userPoolTier` to `PLUS`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(pool: Resource) -> Findings:
    """Read mode and tier; AUDIT only watches, and only the tier PLUS acts."""
    mode = pool.text("userPoolAddOns.advancedSecurityMode") or "OFF"
    if mode != "ENFORCED":
        yield f"userPoolAddOns.advancedSecurityMode is {mode}: leaked passwords work here"
    elif (tier := pool.text("userPoolTier") or "ESSENTIALS") != "PLUS":
        yield f"userPoolTier is {tier}, which has no threat protection"


RULE = resource_rule(
    __doc__, check, on=aws.COGNITO_USER_POOL, severity=Severity.MEDIUM, house=True, covers=("COG8",)
)
