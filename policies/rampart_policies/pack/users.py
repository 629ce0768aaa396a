"""Rules on Cognito."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    cognito_guests,
    cognito_mfa,
    cognito_password,
    cognito_threats,
)

RULES: tuple[Rule, ...] = (
    cognito_guests.RULE,
    cognito_mfa.RULE,
    cognito_password.RULE,
    cognito_threats.RULE,
)
