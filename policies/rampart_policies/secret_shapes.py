"""How to tell a secret from a setting, by its shape or by its name."""

import re

from rampart_policies.values import SECRET, Value, is_unknown

# Issued formats: AWS access keys, private keys, GitHub, Slack, OpenAI and Anthropic keys, JWTs,
# and passwords inside addresses.
_SHAPES = re.compile(
    r"(?:AKIA|ASIA)[A-Z0-9]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|gh[pousr]_\w{36}|xox[abprs]-[\w-]{10}"
    r"|sk-[\w-]{20}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.|[a-z+]+://[^/\s:@]+:[^/\s:@]+@"
)
_NAMES = re.compile(r"(?i)(?:^|_)(?:password|passwd|secret|token|api_?key|private_?key)$")


def is_secret(name: str, value: Value) -> bool:
    """Whether a named value is a secret, or one that the program marks as secret."""
    if not isinstance(value, str) or not value or is_unknown(value):
        return False
    return value == SECRET or bool(_SHAPES.search(value) or _NAMES.search(name))
