"""cognito-password: passwords are long and mixed, and temporary ones end soon.

Why: short passwords are guessed, and an unused invitation is an open account.

Remedy: set `passwordPolicy` with a minimum length and all four kinds of characters.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Setting, Severity, resource_rule

KINDS = ("requireLowercase", "requireNumbers", "requireSymbols", "requireUppercase")
WEEK = 7  # days, Security Hub Cognito.3 and the service's default


def check(pool: Resource, *, minimum_length: float) -> Findings:
    """Read the policy; whatever it leaves out is not required."""
    policy = pool.block("passwordPolicy")
    length = policy.number("minimumLength") or 0
    if length < minimum_length:
        yield f"passwordPolicy.minimumLength is {length:g}: passwords can be guessed"
    for kind in KINDS:
        if not policy.flag(kind):
            yield f"passwordPolicy.{kind} is off: passwords can be guessed"
    if (policy.number("temporaryPasswordValidityDays") or WEEK) > WEEK:
        yield "passwordPolicy.temporaryPasswordValidityDays is over a week: invitations stay open"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.COGNITO_USER_POOL,
    severity=Severity.MEDIUM,
    house=True,
    covers=("COG1", "Cognito.3"),
    settings={"minimum_length": Setting(8, "characters")},
)
