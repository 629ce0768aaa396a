"""Which hosts functions may call: the form that allow-lists have."""

import re
from dataclasses import dataclass

from pulumi_rampart.arguments import Between, Distinct, Length

# https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4
MAX_CHARACTERS = 253
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
# The last label begins with a letter: it is no part of an address.
_NAME = re.compile(rf"\.?({_LABEL}\.)+(?=[a-z]){_LABEL}")


@dataclass(frozen=True)
class Domain:
    """A rule: a host, or with a leading dot a domain and all hosts below it."""

    def problem(self, value: str) -> str | None:
        """Judge a name."""
        if _NAME.fullmatch(value) and len(value.removeprefix(".")) <= MAX_CHARACTERS:
            return None
        return (
            "neither a host nor a domain; write api.example.com or, for all hosts of a domain, "
            ".example.com: in lower case, without scheme, port, path or *."
        )


DOMAIN = Domain()
PORT = Between(1, 65_535, "TCP knows no others.")
# A security group has a rule for each.
# https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
PORT_LIST = Length(1, 50, "a security group has 60 rules, some of which lead to AWS.")
EACH_ONCE = Distinct()
