"""Judges programs that are not ours under `baseline`: docs/foreign_programs.md.

    python -m bench.foreign_findings CHECKOUT SCRATCH > docs/foreign_programs.md

CHECKOUT and SCRATCH as for `bench.foreign_programs`, which records what SCRATCH does not have yet.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.foreign_programs import Recorded, recorded
from rampart_policies import profile
from rampart_policies.pack import RULES
from rampart_policies.recorded import from_json
from rampart_policies.report import Report, report

PROFILE = "baseline"

_PAGE = """\
# The policy pack on programs that are not ours

Written by a command, which records every program as `pulumi up` and as `pulumi preview` would run
it, without a cloud, and judges both under the profile `{profile}`:

    git clone https://github.com/pulumi/examples
    python -m bench.foreign_findings examples /tmp/environments > docs/foreign_programs.md

These are the programs for AWS among Pulumi's public examples: all in Python, and those in
TypeScript that ask for no component provider besides the SDKs. A second run takes what the first
recorded from /tmp/environments, so that a change of a rule is seen in seconds.

- **Findings**: by rule, with how often where it is more than once; `(advice)` blocks nothing.
- **Undecided**: checks that a preview leaves open, and in brackets those that are open after the
  update, too.
- **No rule knows**: types that are not judged, and how many resources of each.

{summary}

| Program | Resources | Findings | Undecided | No rule knows |
|---|---:|---|---:|---|
{rows}

## Findings by rule

| Rule | Severity | Blocks | Findings | Programs |
|---|---|---|---:|---:|
{rules}

## Not judged

{failures}
"""


def main(checkout: Path, scratch: Path) -> None:
    """Print the page."""
    sys.stdout.write(page(recorded(checkout, scratch)))


def page(programs: Iterable[Recorded]) -> str:
    """Write the page about recorded programs."""
    judged: dict[str, tuple[Report, Report]] = {}
    failures: list[str] = []
    for one in programs:
        if one.refused:
            failures.append(f"- {one.name}: its packages do not install: {one.refused}")
        elif one.failures:
            mode, said = next(iter(one.failures.items()))
            failures.append(f"- {one.name} cannot be recorded (`{mode}`): {said}")
        else:
            judged[one.name] = judge(one.graphs["up"]), judge(one.graphs["preview"])
    return _PAGE.format(
        profile=PROFILE,
        summary=_summary(judged),
        rows="\n".join(_row(name, *both) for name, both in judged.items()),
        rules="\n".join(_rules(judged)),
        failures="\n".join(failures) or "Nothing: all of them record.",
    )


def judge(graph: dict[str, Any]) -> Report:
    """Judge a recorded graph, without waivers."""
    chosen = profile.load(PROFILE, RULES)
    return report(RULES, from_json(graph), chosen, [], today=datetime.now(tz=UTC).date())


def _summary(judged: dict[str, tuple[Report, Report]]) -> str:
    updates = [update for update, _ in judged.values()]
    blocked = sum(any(one.blocks for one in each.breaches) for each in updates)
    findings = sum(len(each.breaches) for each in updates)
    taken_back = sum(
        len({one.key[:2] for one in preview.breaches} - {one.key[:2] for one in update.breaches})
        for update, preview in judged.values()
    )
    return (
        f"{len(judged)} programs, {sum(len(each.graph.resources) for each in updates)} resources: "
        f"{findings} findings, in {sum(bool(each.breaches) for each in updates)} programs; "
        f"{blocked} are blocked, {len(judged) - blocked} pass. "
        f"{taken_back} findings of the previews are taken back by the updates."
    )


def _row(name: str, update: Report, preview: Report) -> str:
    found = Counter(
        one.rule.id if one.blocks else f"{one.rule.id} (advice)" for one in update.breaches
    )
    undecided = str(len(preview.undecided)) + (
        f" ({len(update.undecided)})" if update.undecided else ""
    )
    cells = [
        name,
        str(len(update.graph.resources)),
        _counted(found),
        undecided,
        _counted(update.unknown_types),
    ]
    return f"| {' | '.join(cells)} |"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(
        f"{name} x {count}" if count > 1 else name for name, count in sorted(counts.items())
    )


def _rules(judged: dict[str, tuple[Report, Report]]) -> Iterator[str]:
    found = Counter(one.rule for update, _ in judged.values() for one in update.breaches)
    programs = Counter(
        rule for update, _ in judged.values() for rule in {one.rule for one in update.breaches}
    )
    levels = profile.load(PROFILE, RULES).enforcement
    for rule, count in sorted(found.items(), key=lambda item: (-item[1], item[0].id)):
        blocks = "yes" if levels[rule.id] == "mandatory" else "no"
        severity = rule.severity.name.lower()
        yield f"| {rule.id} | {severity} | {blocks} | {count} | {programs[rule]} |"


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
