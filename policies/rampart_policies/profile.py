"""Profiles: which rules are in force, how strictly, and with which settings.

A profile is a file that Pulumi itself reads (`--policy-pack-config .../profiles/strict.json`): rule
id -> enforcement level, or an object of `enforcementLevel` and settings; `all` is for every
rule not named. What a profile leaves open, the rule's severity decides.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rampart_policies.rule import Enforcement, Rule
from rampart_policies.values import Value

FOLDER = Path(__file__).parent / "profiles"


class ProfileError(Exception):
    """A profile that does not exist, or names a rule or a setting that does not."""


@dataclass(frozen=True)
class Profile:
    """Enforcement and settings of every rule, by rule id."""

    name: str
    enforcement: Mapping[str, Enforcement]
    settings: Mapping[str, Mapping[str, Value]]


def names() -> list[str]:
    """Return the profiles that come with the pack."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def load(name: str, rules: Iterable[Rule]) -> Profile:
    """Read a profile of the pack and check it against the rules.

    Raises:
        ProfileError: no such profile, or it names what does not exist.
    """
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        raise ProfileError(f"no profile {name!r}; there are {', '.join(names())}")
    entries: dict[str, Value] = json.loads(path.read_text())
    by_id = {rule.id: rule for rule in rules}
    if unknown := entries.keys() - by_id.keys() - {"all"}:
        raise ProfileError(f"profile {name} names unknown rules: {', '.join(sorted(unknown))}")
    everywhere = entries.get("all")
    enforcement: dict[str, Enforcement] = {}
    settings: dict[str, Mapping[str, Value]] = {}
    for rule in by_id.values():
        entry = entries.get(rule.id)
        given = dict(entry) if isinstance(entry, dict) else {"enforcementLevel": entry}
        level = given.pop("enforcementLevel", None) or everywhere or rule.default_enforcement
        enforcement[rule.id] = Enforcement(str(level))
        if unknown := given.keys() - rule.settings.keys():
            raise ProfileError(f"profile {name}: {rule.id} has no setting {', '.join(unknown)}")
        settings[rule.id] = given
    return Profile(name, enforcement, settings)
