"""How fast an API may be called, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from pulumi_rampart.arguments import Between, Matching

# The service takes any whole number; an account's own quota, 10,000 requests a second by default,
# holds whatever is set here.
# https://docs.aws.amazon.com/apigateway/latest/api/API_ThrottleSettings.html
# https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
_MAX = 2**31 - 1
RATE = Between(0, _MAX, "0 refuses every request.")
BURST = Between(0, _MAX, "0 refuses every request.")
QUOTA = Between(0, _MAX, "0 refuses every request of a client's key.")
# Becomes part of the key's name in the console.
CLIENT = Matching(r"[ -~]{1,128}", "name a client with 1 to 128 printable ASCII characters.")


@dataclass(frozen=True)
class EachOnce:
    """A list in which nothing stands twice."""

    def problem(self, value: Sequence[str]) -> str | None:
        """Judge a list."""
        repeated = next((one for n, one in enumerate(value) if one in value[:n]), None)
        return None if repeated is None else f"{repeated!r} stands in it twice; name each once."
