"""Hosts outside AWS that functions call: what the boundary's firewall has to let through."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

HTTPS = 443
_PORTS = {
    "http": 80,
    "https": HTTPS,
    "bolt": 7687,
    "bolt+s": 7687,
    "bolt+ssc": 7687,
    "neo4j": 7687,
    "neo4j+s": 7687,
    "neo4j+ssc": 7687,
}
# Clients that learn further hosts from the first one, and the domain that all of them are in.
# Aura's routing table names `production-orch-0001.neo4j.io`, and each index of Pinecone has a host.
# https://neo4j.com/docs/python-manual/current/connect-advanced/
# https://docs.pinecone.io/guides/manage-data/target-an-index
_LEADS_ON = {
    ("neo4j", "neo4j+s", "neo4j+ssc"): ".neo4j.io",
    ("https",): ".pinecone.io",
}


@dataclass(frozen=True)
class Destination:
    """A host and one of its ports."""

    domain: str
    """A leading dot stands for every name below."""
    port: int = HTTPS


def destination(key: str, url: str) -> Destination:
    """Return where a configured URL leads, the hosts that its service leads on to included.

    Raises:
        ValueError: it names no host, or has a scheme without a usual port and names none.
    """
    parts = urlsplit(url)
    port = parts.port or _PORTS.get(parts.scheme)
    if not parts.hostname or port is None:
        known = ", ".join(_PORTS)
        raise ValueError(
            f"rampart:{key} is {url!r}; write a URL with a host, whose scheme is one of {known}."
        )
    below = next(
        (
            domain
            for schemes, domain in _LEADS_ON.items()
            if parts.scheme in schemes and parts.hostname.endswith(domain)
        ),
        parts.hostname,
    )
    return Destination(below, port)


def named(destinations: Iterable[Destination]) -> frozenset[Destination]:
    """Return those that have a name, which is what the firewall knows hosts by.

    A laptop's stand-ins have addresses only, and no firewall before them.
    """
    return frozenset(one for one in destinations if not _is_address(one.domain))


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
