"""What network ACLs let into subnets: entries in the ACL, and entries beside it."""

from collections.abc import Iterator

from rampart_policies import aws
from rampart_policies.addresses import is_world, ports_of
from rampart_policies.graph import Graph, Resource
from rampart_policies.values import Block, NotApplicableError

ACLS = (aws.NETWORK_ACL, aws.DEFAULT_NETWORK_ACL)


def open_to_world(resource: Resource, port: float, graph: Graph) -> bool:
    """Whether anyone on the internet reaches a TCP port through an ACL, or through one entry.

    The entry with the lowest number that fits decides, so a port that is denied before everything
    is allowed stays closed.

    Raises:
        NotApplicableError: an entry of an ACL that this stack makes, which is judged as a whole; or
            one about outgoing traffic.
    """
    if resource.type == aws.NETWORK_ACL_RULE:
        if resource.flag("egress") or graph.targets(resource, "networkAclId", ACLS):
            raise NotApplicableError
        entries: list[Block] = [resource]
    else:
        entries = [*resource.blocks("ingress"), *_beside(resource, graph)]
    for entry in sorted(entries, key=_number):
        if _is_about(entry, port):
            return (entry.text("action") or entry.text("ruleAction")) == "allow"
    return False


def _beside(acl: Resource, graph: Graph) -> Iterator[Block]:
    for entry in graph.every_referrer(acl, aws.NETWORK_ACL_RULE, "networkAclId"):
        if not entry.flag("egress"):
            yield entry


def _number(entry: Block) -> float:
    return entry.number("ruleNo") or entry.number("ruleNumber") or 0


def _is_about(entry: Block, port: float) -> bool:
    addresses = [entry.text(key) for key in ("cidrBlock", "ipv6CidrBlock")]
    if not any(is_world(address) for address in addresses if address):
        return False
    ports, span = ports_of(entry)
    if ports is None:
        return span == "every port"
    return ports[0] <= port <= ports[1] and not _is_udp(entry)


def _is_udp(entry: Block) -> bool:
    return (entry.text("protocol") or "").lower() in {"udp", "17"}
