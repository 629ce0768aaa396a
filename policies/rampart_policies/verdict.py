"""Run rules over a graph: one outcome per rule and resource, with one of three verdicts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rampart_policies.graph import Graph, Resource
from rampart_policies.rule import Rule
from rampart_policies.values import NotApplicableError, UndecidedError, Value


class Verdict(StrEnum):
    """What a rule says of a resource it applies to."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Outcome:
    """One rule's word on one resource."""

    rule: Rule
    resource: Resource
    findings: tuple[str, ...] = ()
    unknown: str = ""
    """What the check could not learn; a breach found before that stays a breach."""

    @property
    def verdict(self) -> Verdict:
        """Broken beats undecided, and undecided beats holds."""
        if self.findings:
            return Verdict.BROKEN
        return Verdict.UNDECIDED if self.unknown else Verdict.HOLDS


def judge(
    rules: Iterable[Rule], graph: Graph, settings: Mapping[str, Mapping[str, Value]] | None = None
) -> Iterator[Outcome]:
    """Judge every resource by every rule on its type.

    Args:
        rules: the rules to run.
        graph: the stack.
        settings: rule id -> setting -> value, over the rules' defaults.
    """
    for rule in rules:
        chosen = (settings or {}).get(rule.id, {})
        for resource in graph.of(rule.on):
            outcome = judge_one(rule, resource, graph, chosen)
            if outcome is not None:
                yield outcome


def judge_one(
    rule: Rule, resource: Resource, graph: Graph | None, settings: Mapping[str, Value]
) -> Outcome | None:
    """Judge one resource by one rule; None where the rule does not apply."""
    findings: list[str] = []
    try:
        for finding in rule.findings(resource, graph, settings):
            findings.append(finding)  # noqa: PERF402  # keeps what was found before an unknown
    except UndecidedError as unknown:
        return Outcome(rule, resource, tuple(findings), str(unknown))
    except NotApplicableError:
        return None
    return Outcome(rule, resource, tuple(findings))
