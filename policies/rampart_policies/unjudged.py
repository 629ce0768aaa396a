"""What a run says nothing about: resources of types that no rule knows, and why that may be fine.

A pass means little without it: a stack of unknown types breaks no rule either.
"""

import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import cast

from rampart_policies import aws
from rampart_policies.graph import Graph
from rampart_policies.pack import RULES

_FILE = Path(__file__).parent / "considered.tsv"

# The same AWS resources with other names and properties: Cloud Control (aws-native, awscc) and the
# Terraform provider taken in as it is. A rule that reads pulumi-aws's properties finds none there.
_OTHER_VOCABULARY = re.compile(r"(?:aws-native|awscc):.*|aws:index/.*")


class Refuse(StrEnum):
    """For which unjudged resources a run ends in status 2."""

    NOTHING = "nothing"
    """For none: they are only listed."""
    UNREADABLE = "unreadable"
    """For AWS resources of a provider that the pack cannot read, and where nothing was judged."""
    UNKNOWN = "unknown"
    """For those of any type that no rule knows."""


def unknown_types(graph: Graph) -> Counter[str]:
    """Count the resources whose type no rule judges or reads, by type.

    Left out are components, Pulumi's own, and the types in considered.tsv, which have nothing to
    judge.
    """
    known = known_types() | considered().keys()
    return Counter(
        one.type
        for one in graph.resources.values()
        if one.custom and not one.type.startswith("pulumi:") and one.type not in known
    )


def unreadable(types: Counter[str]) -> Counter[str]:
    """Keep the types of AWS resources that other providers than pulumi-aws make."""
    return Counter({kind: n for kind, n in types.items() if _OTHER_VOCABULARY.fullmatch(kind)})


def refusals(types: Counter[str], judged: int, refuse: Refuse) -> list[str]:
    """Return why a run may not end as a pass.

    Args:
        types: what `unknown_types` counted.
        judged: how many checks were made.
        refuse: what the caller wants refused.
    """
    if refuse is Refuse.NOTHING:
        return []
    reasons: list[str] = []
    if others := unreadable(types):
        reasons.append(
            f"{listed(others)}: made by another provider than pulumi-aws, whose properties this "
            "pack cannot read. Make them with pulumi-aws, or accept that they are not judged "
            "(--refuse nothing)"
        )
    elif types and not judged:
        reasons.append(f"nothing here was judged: no rule knows {listed(types)}")
    elif types and refuse is Refuse.UNKNOWN:
        reasons.append(f"no rule knows {listed(types)}")
    return reasons


def listed(types: Mapping[str, int]) -> str:
    """Write counts in words, the most frequent first: `3 a:b/c:C, 1 x:y/z:Z`."""
    ordered = sorted(types.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count} {kind}" for kind, count in ordered)


@cache
def considered() -> dict[str, str]:
    """Type -> why no rule speaks of it."""
    _, *rows = _FILE.read_text().splitlines()
    return dict(cast("tuple[str, str]", tuple(row.split("\t", 1))) for row in rows)


@cache
def known_types() -> frozenset[str]:
    """Every type that a rule names, whether it judges the resource or only reads it."""
    named = [value for key, value in vars(aws).items() if key.isupper()]
    read = {kind for value in named for kind in ((value,) if isinstance(value, str) else value)}
    return frozenset(read.union(*(rule.on for rule in RULES)))
