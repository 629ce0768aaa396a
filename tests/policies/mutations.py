"""Break one property of a stack that holds, for every rule, and see which rules notice.

`python -m tests.policies.mutations` prints the table.
"""

import copy
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.table import Table

from rampart_policies.pack import RULES
from rampart_policies.rule import Rule
from rampart_policies.verdict import Verdict, judge
from tests.policies.every_fixture import fixture_of
from tests.policies.fixture import Recorded, resources_of
from tests.policies.stacks import graph

GOLDEN = Path(__file__).parents[1] / "golden" / "prod.json"

Broken = set[tuple[str, str, str]]
"""(rule, resource, finding)."""


@dataclass(frozen=True)
class Mutation:
    """What happened when one property was broken."""

    rule: Rule
    base: str
    """`prod` for its golden graph, `fixture` for the rule's own where prod has no such resource."""
    resource: str
    noticed: frozenset[str]
    """The rules that report something they did not report before."""

    @property
    def precise(self) -> bool:
        """Whether this rule noticed, and no other than those its fixture names."""
        return self.rule.id in self.noticed <= {self.rule.id, *fixture_of(self.rule).also}


def mutation_of(rule: Rule) -> Mutation:
    """Break what one rule asks, in prod where it has such a resource, else in a fixture."""
    golden, before = _prod()
    if subject := _holding(rule, golden):
        return _mutate(rule, "prod", golden, before, subject)
    resources = resources_of(next(iter(fixture_of(rule).holds.values())))
    subject = _holding(rule, resources)
    assert subject is not None
    return _mutate(rule, "fixture", resources, _broken(resources), subject)


@cache
def _prod() -> tuple[list[Recorded], Broken]:
    golden = json.loads(GOLDEN.read_text())["resources"] if GOLDEN.is_file() else []
    return golden, _broken(golden)


def _mutate(
    rule: Rule, base: str, resources: list[Recorded], before: Broken, subject: str
) -> Mutation:
    copied = copy.deepcopy(resources)
    (judged,) = [one for one in copied if one["urn"] == subject]
    after = _broken(fixture_of(rule).mutation(copied, judged))
    return Mutation(rule, base, subject, frozenset(noticed for noticed, _, _ in after - before))


def _holding(rule: Rule, resources: list[Recorded]) -> str | None:
    for outcome in judge([rule], graph(resources)):
        if outcome.verdict is Verdict.HOLDS:
            return outcome.resource.urn
    return None


def _broken(resources: list[Recorded]) -> Broken:
    return {
        (outcome.rule.id, outcome.resource.urn, finding)
        for outcome in judge(RULES, graph(resources))
        for finding in outcome.findings
    }


def main() -> None:
    """Print one line per rule."""
    table = Table("rule", "base", "resource", "noticed by", "precise")
    for one in map(mutation_of, RULES):
        name = one.resource.rpartition("::")[2]
        table.add_row(one.rule.id, one.base, name, ", ".join(sorted(one.noticed)), str(one.precise))
    Console().print(table)


if __name__ == "__main__":
    main()
