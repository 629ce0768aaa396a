"""`rampart-policies explain RULE`: what it asks, why, a stack that passes and one that fails.

`examples.json` is written from the rule's own test cases, so both are proven.
"""

import json
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from rampart_policies.rule import Rule

_FILE = Path(__file__).with_name("examples.json")


class NoSuchRuleError(Exception):
    """There is no rule of that name."""


def explain(name: str, rules: Sequence[Rule]) -> str:
    """Return a page about one rule as text.

    Raises:
        NoSuchRuleError: the message names rules with similar names.
    """
    found = [rule for rule in rules if rule.id == name]
    if not found:
        near = get_close_matches(name, [rule.id for rule in rules])
        hint = f": did you mean {' or '.join(near)}?" if near else ""
        raise NoSuchRuleError(f"there is no rule {name!r}{hint}")
    return "\n".join(_lines(found[0]))


def _lines(rule: Rule) -> Iterator[str]:
    kind = "house policy" if rule.house else "defect"
    yield f"{rule.id}: {rule.law}"
    yield f"  {rule.severity.name.lower()}, {kind}; judges {', '.join(rule.on)}"
    yield f"  Why: {rule.why}"
    yield f"  Remedy: {rule.remedy}"
    for name, setting in rule.settings.items():
        yield f"  Setting {name}: {setting.meaning}; default {setting.default}"
    if rule.covers:
        yield f"  Covers: {', '.join(rule.covers)}"
    for title, key in (("Passes", "passes"), ("Fails", "fails")):
        yield f"\n{title}:"
        yield _program(json.loads(_FILE.read_text())[rule.id][key])


def _program(resources: list[dict[str, Any]]) -> str:
    """Write resources as a Pulumi program in YAML."""
    content: dict[str, Any] = {}
    for one in resources:
        name = one["name"]
        if name in content:  # of another type
            name += one["type"].rpartition(":")[2]
        content[name] = {"type": one["type"], "properties": one["properties"]}
    return yaml.safe_dump({"resources": content}, sort_keys=False, allow_unicode=True).rstrip()
