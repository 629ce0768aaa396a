"""Address ranges and protocols as security groups and network ACLs write them."""

from ipaddress import ip_network

from rampart_policies.values import Block, UndecidedError

# Half the internet is as good as all of it: two rules of /1 say the same as one of /0.
_WORLD_PREFIX = {4: 7, 6: 15}
_NUMBERS = {"icmp": 1, "tcp": 6, "udp": 17, "icmpv6": 58, "all": -1}
_NAMES = {number: name for name, number in _NUMBERS.items()}
_WITH_PORTS = {6, 17}

Ports = tuple[float, float]
"""First and last port."""


def is_world(address: str) -> bool:
    """Whether a range holds (nearly) all addresses of the internet.

    Raises:
        UndecidedError: the text is no address range.
    """
    try:
        network = ip_network(address, strict=False)
    except ValueError:
        raise UndecidedError(address, "is not an address range") from None
    return network.prefixlen <= _WORLD_PREFIX[network.version] and not network.is_private


def ports_of(rule: Block) -> tuple[Ports | None, str]:
    """Return the ports a rule opens, None for all, and their name for findings.

    Protocols are given by name or number (https://www.iana.org/assignments/protocol-numbers). Only
    TCP and UDP have ports: of ICMP the numbers mean types, and with any other protocol AWS opens
    every port, whatever range is given.
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
    """
    protocol = _protocol(rule)
    if protocol == -1:
        return None, "every port"
    if protocol not in _WITH_PORTS:
        return None, f"protocol {_NAMES.get(protocol, str(protocol))}"
    first, last = rule.number("fromPort"), rule.number("toPort")
    if first is None or last is None:
        return None, "every port"
    span = f"port {first:g}" if first == last else f"ports {first:g} to {last:g}"
    return (first, last), span


def _protocol(rule: Block) -> int:
    text = (rule.text("protocol") or rule.text("ipProtocol") or "-1").lower()
    if text in _NUMBERS:
        return _NUMBERS[text]
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        raise UndecidedError(f"protocol {text}", "is neither a name nor a number") from None
