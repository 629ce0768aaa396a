"""Actions that AWS only grants on `*`: no narrower resource exists.

Source: Service Authorization Reference, actions without a resource type, read in November 2026
(https://docs.aws.amazon.com/service-authorization/latest/reference/): `unscoped.tsv`.
"""

from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("unscoped.tsv")

# What the reference gives a resource, and AWS's own instructions `*` all the same.
_AS_INSTRUCTED = (
    "ec2:CreateNetworkInterface",  # as Lambda asks for it, before the interface exists
    "ec2:DeleteNetworkInterface",  # Lambda's documented VPC permission: AWS names no interface
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
    "logs:DescribeLogGroups",  # lists them all; AWS's own policy for API Gateway needs it so
)

# Nine in ten of the actions behind these, or more, are in the table.
_FAMILIES = (
    *("application-autoscaling:describe", "autoscaling:describe", "ec2:describe"),
    *("elasticloadbalancing:describe", "pricing:get", "tag:get", "xray:batchget", "xray:get"),
    *("xray:put", "wafv2:describe"),
)

LOG_WRITES = frozenset({"logs:createloggroup", "logs:createlogstream", "logs:putlogevents"})
"""Actions that only add to logs, in lower case."""


def is_unscoped(action: str) -> bool:
    """Whether an action, or all behind one with a wildcard, can only be granted on `*`."""
    lower = action.lower()
    return lower in _unscoped() or ("*" in lower and lower.startswith(_FAMILIES))


@cache
def _unscoped() -> frozenset[str]:
    _, *rows = _TABLE.read_text().splitlines()
    listed = {
        f"{service}:{action}".lower()
        for service, _, actions in (row.partition("\t") for row in rows)
        for action in actions.split()
    }
    return frozenset(listed | {action.lower() for action in _AS_INSTRUCTED})
