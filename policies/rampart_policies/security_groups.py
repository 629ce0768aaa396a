"""What security groups let in and out, however the program writes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_network

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.values import Block, UndecidedError

GROUPS = (aws.SECURITY_GROUP, aws.DEFAULT_SECURITY_GROUP)
RULES = (
    aws.SECURITY_GROUP_RULE,
    aws.SECURITY_GROUP_INGRESS_RULE,
    aws.SECURITY_GROUP_EGRESS_RULE,
)

# Half the internet is as good as all of it: two rules of /1 say the same as one of /0.
_WORLD_PREFIX = {4: 7, 6: 15}


@dataclass(frozen=True)
class Opening:
    """One rule of a security group."""

    properties: Block
    from_world: bool
    """Whether it speaks of (nearly) all addresses of the internet."""
    ports: tuple[float, float] | None
    """First and last port; None for all ports of all protocols."""

    @property
    def span(self) -> str:
        """The ports in words, for findings."""
        if self.ports is None:
            return "every port"
        first, last = self.ports
        return f"port {first:g}" if first == last else f"ports {first:g} to {last:g}"


def openings(resource: Resource, direction: str) -> Iterator[Opening]:
    """Yield the rules of a group, or the one that a rule resource is.

    Args:
        resource: one of GROUPS or RULES.
        direction: `ingress` or `egress`.
    """
    if resource.type in GROUPS:
        for block in resource.blocks(direction):
            yield _opening(block)
    elif direction == _direction(resource):
        yield _opening(resource)


def _direction(rule: Resource) -> str | None:
    if rule.type == aws.SECURITY_GROUP_RULE:
        return rule.text("type")
    return "ingress" if rule.type == aws.SECURITY_GROUP_INGRESS_RULE else "egress"


def _opening(block: Block) -> Opening:
    addresses = [
        *block.texts("cidrBlocks"),
        *block.texts("ipv6CidrBlocks"),
        *block.texts("cidrIpv4"),
        *block.texts("cidrIpv6"),
    ]
    everything = (block.text("protocol") or block.text("ipProtocol")) in {"-1", "all"}
    first, last = block.number("fromPort"), block.number("toPort")
    return Opening(
        properties=block,
        from_world=any(map(_is_world, addresses)),
        ports=None if everything or first is None or last is None else (first, last),
    )


def _is_world(address: str) -> bool:
    try:
        network = ip_network(address, strict=False)
    except ValueError:
        raise UndecidedError(address, "is not an address range") from None
    return network.prefixlen <= _WORLD_PREFIX[network.version] and not network.is_private
