"""Which addresses of a network's range belong to which subnet."""

import ipaddress
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from pulumi_rampart.arguments import Between, refused

MIN_ZONES, MAX_ZONES = 1, 4
PREFIX_LENGTH = 16
KINDS = ("private", "egress", "public", "firewall")
"""What subnets are for; each kind has room for four zones in the /16."""

ZONES = Between(
    MIN_ZONES, MAX_ZONES, "with one zone alone, an outage of the zone is an outage of the system."
)

# https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
_NO_NETWORKS = tuple(
    ipaddress.IPv4Network(one)
    for one in ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3")
)


@dataclass(frozen=True)
class NetworkRange:
    """A rule: an IPv4 range of the one size that the plan divides."""

    def problem(self, value: str) -> str | None:
        """Judge a range."""
        try:
            network = ipaddress.IPv4Network(value)
        except ValueError as error:
            return f"{error}; pass a /16 such as 10.0.0.0/16."
        if network.prefixlen != PREFIX_LENGTH:
            return "a /16 is needed; pass one such as 10.0.0.0/16."
        if any(network.overlaps(one) for one in _NO_NETWORKS):
            return "AWS makes no network of this range; pass one such as 10.0.0.0/16."
        return None


def subnet_blocks(cidr: str, kind: str) -> list[str]:
    """Return the four /20 blocks that a /16 keeps for one kind of subnet."""
    blocks = [str(block) for block in ipaddress.IPv4Network(cidr).subnets(new_prefix=20)]
    first = KINDS.index(kind) * MAX_ZONES
    return blocks[first : first + MAX_ZONES]


def available_zones(component: str, count: int, parent: pulumi.Resource) -> list[str]:
    """Return the first `count` zones of the region.

    Raises:
        ArgumentError: the region has fewer.
    """
    zones = aws.get_availability_zones(
        state="available", opts=pulumi.InvokeOptions(parent=parent)
    ).names
    if len(zones) < count:
        text = f"the region has {len(zones)} zones; ask for fewer."
        raise refused(component, "availability_zones", text, got=count)
    return list(zones[:count])
