"""Waivers: breaches accepted on purpose, for a time, each in one reviewed entry."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, cast

import yaml

FILE = Path(__file__).parent / "waivers.yaml"


class WaiverError(Exception):
    """The file of waivers cannot be used as it is."""


@dataclass(frozen=True)
class Waiver:
    """One accepted breach: exactly one rule, one resource (URN) and one finding (its text)."""

    rule: str
    resource: str
    finding: str
    reason: str
    owner: str
    expires: date

    @property
    def stack(self) -> tuple[str, str]:
        """The (stack, project) that the resource belongs to."""
        return stack_of(self.resource)

    def __str__(self) -> str:
        return f"{self.rule} on {self.resource} ({self.finding!r})"


def read(path: Path, known_rules: Iterable[str]) -> tuple[Waiver, ...]:
    """Read waivers and refuse what is not bound to exactly one breach.

    Raises:
        WaiverError: an entry lacks a field, names an unknown rule, uses a pattern, or is the second
            for its breach.
    """
    content: Any = yaml.safe_load(path.read_text()) or {}
    entries = cast("list[dict[str, Any]]", content.get("waivers") or [])
    rules = set(known_rules)
    waivers = tuple(_waiver(entry, number, rules) for number, entry in enumerate(entries, start=1))
    for number, waiver in enumerate(waivers):
        if str(waiver) in map(str, waivers[:number]):
            raise WaiverError(f"waiver {number + 1}: a second one for {waiver}")
    return waivers


def stack_of(urn: str) -> tuple[str, str]:
    """Return the (stack, project) of a URN: urn:pulumi:stack::project::type::name."""
    stack, project, *_ = [*urn.removeprefix("urn:pulumi:").split("::"), ""]
    return stack, project


def _waiver(entry: dict[str, Any], number: int, rules: set[str]) -> Waiver:
    wanted = {one.name for one in fields(Waiver)}
    if entry.keys() != wanted:
        difference = ", ".join(sorted(entry.keys() ^ wanted))
        raise WaiverError(f"waiver {number}: missing or unknown fields: {difference}")
    if not isinstance(entry["expires"], date):
        raise WaiverError(f"waiver {number}: expires is a date such as 2027-03-31")
    if not all(isinstance(entry[key], str) and entry[key].strip() for key in wanted - {"expires"}):
        raise WaiverError(f"waiver {number}: every field has a text")
    waiver = Waiver(**entry)
    if waiver.rule not in rules:
        raise WaiverError(f"waiver {number}: there is no rule {waiver.rule}")
    if not waiver.resource.startswith("urn:pulumi:") or "*" in waiver.resource:
        raise WaiverError(f"waiver {number}: resource is one full URN, no pattern")
    return waiver
