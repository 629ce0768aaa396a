"""What a run says: breaches, what could not be decided, what was waived, and an exit status."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rampart_policies.graph import Graph, Resource
from rampart_policies.profile import Profile
from rampart_policies.rule import Enforcement, Rule
from rampart_policies.snapshot import Finding
from rampart_policies.unjudged import Refuse, refusals, unknown_types
from rampart_policies.verdict import Outcome, Verdict, judge
from rampart_policies.waivers import Waiver, stack_of

USAGE_ERROR = 2
"""Exit status for a wrong call, an unreadable graph or provider, an expired or unused waiver."""


@dataclass(frozen=True)
class Breach:
    """One finding of one rule on one resource."""

    rule: Rule
    resource: Resource
    finding: str
    blocks: bool
    """Whether the profile makes the rule mandatory; an advisory breach is shown only."""
    waiver: Waiver | None = None
    old: bool = False
    """Whether it stands in the snapshot of an old stack."""

    @property
    def open(self) -> bool:
        """Whether it still stands."""
        return self.waiver is None and not self.old

    @property
    def key(self) -> Finding:
        """What it is called in a snapshot."""
        return self.rule.id, self.resource.urn, self.finding


@dataclass(frozen=True)
class Report:
    """The result of judging one stack under one profile."""

    graph: Graph
    profile: Profile
    outcomes: tuple[Outcome, ...]
    breaches: tuple[Breach, ...]
    waiver_errors: tuple[str, ...]
    refuse: Refuse = Refuse.UNREADABLE
    gone: tuple[Finding, ...] = ()
    """Findings of the snapshot that are no longer there."""

    @cached_property
    def unknown_types(self) -> Counter[str]:
        """How many resources there are of each type that no rule knows."""
        return unknown_types(self.graph)

    @cached_property
    def refusals(self) -> tuple[str, ...]:
        """Why this run is no pass, although nothing may be broken."""
        return tuple(refusals(self.unknown_types, len(self.outcomes), self.refuse))

    @cached_property
    def undecided(self) -> tuple[Outcome, ...]:
        """The checks that met an unknown; `up` decides them."""
        return tuple(one for one in self.outcomes if one.unknown)

    @cached_property
    def counts(self) -> Counter[Verdict]:
        """How many checks ended in which verdict."""
        return Counter(outcome.verdict for outcome in self.outcomes)

    @property
    def exit_status(self) -> int:
        """0 clean, 10/20/30/40 by the gravest open breach that blocks, 2 for no verdict."""
        gravest = max((b.rule.severity for b in self.breaches if b.open and b.blocks), default=0)
        if gravest:
            return 10 * gravest
        return USAGE_ERROR if self.waiver_errors or self.refusals else 0


def report(
    rules: Iterable[Rule],
    graph: Graph,
    profile: Profile,
    waivers: Iterable[Waiver],
    *,
    today: date,
    refuse: Refuse = Refuse.UNREADABLE,
    snapshot: frozenset[Finding] = frozenset(),
) -> Report:
    """Judge a stack and settle its breaches against its waivers and the snapshot of old ones."""
    in_force = [r for r in rules if profile.enforcement[r.id] is not Enforcement.DISABLED]
    outcomes = tuple(judge(in_force, graph, profile.settings))
    stacks = {stack_of(urn) for urn in graph.resources}
    ours = {(w.rule, w.resource, w.finding): w for w in waivers if w.stack in stacks}
    breaches: list[Breach] = []
    for outcome in outcomes:
        blocks = profile.enforcement[outcome.rule.id] is not Enforcement.ADVISORY
        for finding in outcome.findings:
            waiver = ours.get((outcome.rule.id, outcome.resource.urn, finding))
            if waiver is not None and waiver.expires < today:
                waiver = None
            old = (outcome.rule.id, outcome.resource.urn, finding) in snapshot
            breaches.append(Breach(outcome.rule, outcome.resource, finding, blocks, waiver, old))
    used = {breach.waiver for breach in breaches}
    # An undecided check may need its waiver once it is decided.
    open_still = {(one.rule.id, one.resource.urn) for one in outcomes if one.unknown}
    errors = [
        _error(waiver, today)
        for waiver in ours.values()
        if waiver.expires < today
        or (waiver not in used and (waiver.rule, waiver.resource) not in open_still)
    ]
    breaches.sort(key=lambda b: (-b.rule.severity, b.rule.id, b.resource.urn))
    gone = snapshot - {one.key for one in breaches}
    settled = {(outcome.rule.id, outcome.resource.urn) for outcome in outcomes} - open_still
    decided = sorted(one for one in gone if one[:2] in settled or one[1] not in graph.resources)
    return Report(graph, profile, outcomes, tuple(breaches), tuple(errors), refuse, tuple(decided))


def _error(waiver: Waiver, today: date) -> str:
    if waiver.expires < today:
        return f"waiver expired on {waiver.expires}: {waiver}"
    return f"waiver matches nothing, remove it: {waiver}"
