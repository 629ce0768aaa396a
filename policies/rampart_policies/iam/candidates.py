"""Values of one condition key that tell the tests on it apart, for one kind of stranger."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network
from itertools import combinations
from typing import TypeAlias

from rampart_policies.iam.conditions import Context, Test, as_number, as_time
from rampart_policies.iam.known import Shape, texts_beside
from rampart_policies.iam.strangers import Domain, Presence
from rampart_policies.iam.wildcards import ANY_TEXT, Texts, Wildcard, cells
from rampart_policies.values import is_unknown

# Wider ranges than these count as everybody's addresses, as S3 says.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
_WIDEST_KNOWN = {4: 8, 6: 32}
_EVERYWHERE = (IPv4Network("0.0.0.0/0"), IPv6Network("::/0"))

Network: TypeAlias = IPv4Network | IPv6Network

_MANY = 3


@dataclass(frozen=True)
class Candidate:
    """What stands under a key in a request; no values where it is absent."""

    values: tuple[str, ...]
    sure: bool = True
    """Whether the stranger can have it for certain."""


def candidates(
    tests: Sequence[Test], domain: Domain, context: Context | None = None
) -> list[Candidate]:
    """Return a value for every way in which the tests can answer, and absence.

    Args:
        tests: all tests on the key.
        domain: what the stranger can have there.
        context: values of the keys that the tests use as variables.
    """
    found: list[Candidate] = []
    if domain.presence is not Presence.NEVER:
        single = list(dict.fromkeys(_values(tests, domain, context or {})))
        likely = single if domain.sure else [*_made_up(tests, domain, context or {})]
        found += [Candidate((value,), value in likely) for value in single]
        together = sum(test.quantifier == "foranyvalue" for test in tests)
        for size in range(2, min(together, _MANY) + 1):
            found += [Candidate(group, domain.sure) for group in combinations(single, size)]
    if domain.presence is not Presence.ALWAYS:
        found.append(Candidate((), domain.sure))
    return found


def texts_of(
    wildcards: Iterable[Wildcard], within: tuple[str, ...], shape: Shape | None = None
) -> tuple[str, ...]:
    """Return a text for every combination of wildcards: actions or resources to try."""
    found = tuple(dict.fromkeys(wildcards))
    if shape is None:
        return cells(found, ANY_TEXT if within == ("*",) else Texts(tuple(map(Wildcard, within))))
    return cells(found, texts_beside(shape, frozenset(one.text for one in found)))


def _values(tests: Sequence[Test], domain: Domain, context: Context) -> Iterator[str]:
    if domain.only:
        yield from domain.only
        return
    if domain.shape is Shape.ADDRESS:
        yield from _foreign_addresses(tests)
        return
    texts = domain.texts(tests)
    wildcards = dict.fromkeys(one for test in tests for one in test.wildcards(context))
    others = [text for test in tests for text in _around(test)]
    if wildcards or not others:
        yield from cells(tuple(wildcards), texts)
        yield from _made_up(tests, domain, context)
    yield from filter(texts.has, others)


def _made_up(tests: Sequence[Test], domain: Domain, context: Context) -> Iterator[str]:
    """Yield the values that no test names: anybody may have one of those."""
    wildcards = [one for test in tests for one in test.wildcards(context) if one.is_literal]
    for text in domain.texts(tests).samples():
        if not any(one.matches(text) for one in wildcards):
            yield text
            return


def _around(test: Test) -> Iterator[str]:
    """Yield values on both sides of every bound of a test that compares no texts."""
    known = [value for value in test.values if not is_unknown(value)]
    if test.base == "bool":
        yield from ("true", "false")
    elif test.base.startswith(("numeric", "date")):
        read = as_number if test.base.startswith("numeric") else as_time
        for bound in map(read, known):
            if bound is not None:
                yield from (str(bound - 1), str(bound), str(bound + 0.5))
    elif test.base == "binaryequals":
        yield from known
    elif test.base.endswith("ipaddress"):
        for network in (*_networks([test]), *_EVERYWHERE):
            yield from (str(network.network_address), str(network.broadcast_address))


def _foreign_addresses(tests: Sequence[Test]) -> Iterator[str]:
    """Yield public addresses that the tests do not name: of wide ranges, and of no range."""
    asked = _joined([test for test in tests if not test.negated])
    named = [one for one in asked if _is_known(one)] + _joined([t for t in tests if t.negated])
    for wide in (*(one for one in asked if not _is_known(one)), *_EVERYWHERE):
        beside = named if wide not in _EVERYWHERE or wide in asked else [*asked, *named]
        yield from _outside(wide, beside)


def _is_known(network: Network) -> bool:
    return network.is_private or network.prefixlen >= _WIDEST_KNOWN[network.version]


def _outside(wide: Network, beside: Sequence[Network]) -> Iterator[str]:
    """Yield the first address of a range that is in none of the others, if there is one."""
    address = wide.network_address
    for _ in range(len(beside) + 1):
        inside = next((one for one in beside if address in one), None)
        if inside is None:
            yield str(address)
            return
        if int(inside.broadcast_address) >= int(wide.broadcast_address):
            return
        address = inside.broadcast_address + 1


def _joined(tests: Sequence[Test]) -> list[Network]:
    networks = list(_networks(tests))
    return [
        *collapse_addresses(one for one in networks if isinstance(one, IPv4Network)),
        *collapse_addresses(one for one in networks if isinstance(one, IPv6Network)),
    ]


def _networks(tests: Sequence[Test]) -> Iterator[Network]:
    for test in tests:
        for value in test.values:
            if not is_unknown(value):
                try:
                    yield ip_network(value, strict=False)
                except ValueError:
                    continue  # the evaluator answers that it does not know
