"""Values of one condition key that tell the tests on it apart, for one kind of requester."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network
from itertools import combinations
from typing import TypeAlias

from rampart_policies.iam.conditions import Context, Test, as_number, as_time
from rampart_policies.iam.domains import Domain, Presence
from rampart_policies.iam.known import Shape, texts_beside
from rampart_policies.iam.wildcards import ANY_TEXT, Texts, Wildcard, cells
from rampart_policies.values import is_unknown

# Wider ranges than these count as everybody's addresses, as S3 says.
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
_WIDEST = {4: 8, 6: 32}
_EVERYWHERE = (IPv4Network("0.0.0.0/0"), IPv6Network("::/0"))

Network: TypeAlias = IPv4Network | IPv6Network

_MANY = 3


@dataclass(frozen=True)
class Candidate:
    """What stands under a key in a request; no values where it is absent."""

    values: tuple[str, ...]
    sure: bool = True
    """Whether the requester can have it for certain."""


def candidates(
    tests: Sequence[Test], domain: Domain, context: Context | None = None
) -> list[Candidate]:
    """Return a value for every way in which the tests can answer, and absence.

    Args:
        tests: all tests on the key.
        domain: what the requester can have there.
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
    """Yield a public address of every part into which the tests divide them.

    Left out are known ranges: what is private, or as narrow as an organisation's own.
    """
    ranges = [one for test in tests for one in _joined(test)]
    known = [one for one in ranges if one.is_private or one.prefixlen >= _WIDEST[one.version]]
    for everywhere in _EVERYWHERE:
        parts = {int(everywhere.network_address)}
        for one in ranges:
            if one.version == everywhere.version:
                parts |= {int(one.network_address), int(one.broadcast_address) + 1}
        for start in sorted(parts):
            if start <= int(everywhere.broadcast_address):
                address = everywhere.network_address + start
                if not any(address in one for one in known):
                    yield str(address)


def _joined(test: Test) -> Iterator[Network]:
    networks = list(_networks([test]))
    yield from collapse_addresses(one for one in networks if isinstance(one, IPv4Network))
    yield from collapse_addresses(one for one in networks if isinstance(one, IPv6Network))


def _networks(tests: Sequence[Test]) -> Iterator[Network]:
    for test in tests:
        for value in test.values:
            if not is_unknown(value):
                try:
                    yield ip_network(value, strict=False)
                except ValueError:
                    continue  # the evaluator answers that it does not know
