"""What security groups let in and out, however the program writes it."""

from collections.abc import Iterator
from dataclasses import dataclass

from rampart_policies import aws
from rampart_policies.addresses import Ports, is_world, ports_of
from rampart_policies.graph import Graph, Resource
from rampart_policies.values import Block

GROUPS = (aws.SECURITY_GROUP, aws.DEFAULT_SECURITY_GROUP)
RULES = (
    aws.SECURITY_GROUP_RULE,
    aws.SECURITY_GROUP_INGRESS_RULE,
    aws.SECURITY_GROUP_EGRESS_RULE,
)


@dataclass(frozen=True)
class Opening:
    """One rule of a security group."""

    properties: Block
    from_world: bool
    """Whether it speaks of (nearly) all addresses of the internet, by its own ranges."""
    ports: Ports | None
    """None for all ports, or for a protocol without any."""
    span: str
    """The ports in words, for findings."""

    @property
    def one_port(self) -> bool:
        """Whether it opens a single port."""
        return self.ports is not None and self.ports[0] == self.ports[1]


def openings(resource: Resource, direction: str) -> Iterator[Opening]:
    """Yield the rules of a group, or the one that a rule resource is.

    Args:
        resource: one of GROUPS or RULES.
        direction: `ingress` or `egress`.
    """
    if resource.type in GROUPS:
        for block in resource.blocks(direction):
            yield _opening(block)
    elif direction == direction_of(resource):
        yield _opening(resource)


def direction_of(rule: Resource) -> str | None:
    """Return whether a rule beside its group speaks of `ingress` or `egress`."""
    if rule.type == aws.SECURITY_GROUP_RULE:
        return rule.text("type")
    return "ingress" if rule.type == aws.SECURITY_GROUP_INGRESS_RULE else "egress"


def rules_beside(group: Resource, graph: Graph) -> list[Resource]:
    """Return the rules of a group that are resources of their own."""
    return graph.every_referrer(group, RULES, "securityGroupId")


def listed_world(resource: Resource, graph: Graph) -> Iterator[tuple[str, Opening, str]]:
    """Yield (direction, rule, prefix list) where a list in a rule holds the whole internet.

    Raises:
        UndecidedError: which list a rule names, or what a list of this stack holds, is not known.
    """
    lists = graph.of(aws.PREFIX_LIST)
    if not lists:
        return
    for direction in ("ingress", "egress"):
        for opening in openings(resource, direction):
            ids = opening.properties.texts("prefixListIds")
            ids += opening.properties.texts("prefixListId")
            for one in lists:
                named = not one.identities.isdisjoint(ids)
                if named and any(map(is_world, ranges_of(one, graph))):
                    yield direction, opening, one.name


def ranges_of(prefix_list: Resource, graph: Graph) -> Iterator[str]:
    """Yield the address ranges of a prefix list, its own and those added beside it."""
    for entry in prefix_list.blocks("entries"):
        yield entry.text("cidr") or ""
    for entry in graph.every_referrer(prefix_list, aws.PREFIX_LIST_ENTRY, "prefixListId"):
        yield entry.text("cidr") or ""


def _opening(block: Block) -> Opening:
    addresses = [
        *block.texts("cidrBlocks"),
        *block.texts("ipv6CidrBlocks"),
        *block.texts("cidrIpv4"),
        *block.texts("cidrIpv6"),
    ]
    ports, span = ports_of(block)
    return Opening(block, any(map(is_world, addresses)), ports, span)
