"""The report for people: by severity, then by rule, each with its harm and its remedy."""

from itertools import groupby

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from rampart_policies.graph import Graph, Resource
from rampart_policies.positions import written
from rampart_policies.report import Report
from rampart_policies.rule import Severity
from rampart_policies.unjudged import listed
from rampart_policies.verdict import Verdict

_STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
}
_SHOWN_UNDECIDED = 40


def path_of(resource: Resource, graph: Graph) -> str:
    """Return the names from the outermost component down: `knowledge / uploads / queue`."""
    names = [resource.name]
    while parent := graph.resources.get(resource.parent):
        resource = parent
        if parent.type != "pulumi:pulumi:Stack":
            names.append(parent.name)
    return " / ".join(reversed(names))


def _heading(resource: Resource, graph: Graph) -> str:
    place = written(graph.declared_at(resource))
    path = escape(path_of(resource, graph))
    return f"[bold]{path}[/] [dim]{escape(resource.type)}[/] {escape(place)}".rstrip()


def show(report: Report, console: Console) -> None:
    """Print the report."""
    still_open = [breach for breach in report.breaches if breach.open]
    for severity, of_severity in groupby(still_open, key=lambda b: b.rule.severity):
        console.rule(Text(severity.name, style=_STYLES[severity]), align="left")
        for rule, of_rule in groupby(of_severity, key=lambda b: b.rule):
            breaches = list(of_rule)
            advice = "" if breaches[0].blocks else " (advice)"
            console.print(f"[{_STYLES[severity]}]{rule.id}[/]{advice}", soft_wrap=True)
            for breach in breaches:
                console.print(f"  {_heading(breach.resource, report.graph)}", soft_wrap=True)
                console.print(f"    {escape(breach.finding)}", soft_wrap=True)
                console.print(f"    [dim]{escape(breach.resource.urn)}[/]", soft_wrap=True)
            reasons = Table.grid(padding=(0, 2))
            reasons.add_row("", "[dim]why[/]", escape(rule.why))
            reasons.add_row("", "[green]remedy[/]", escape(rule.remedy))
            console.print(reasons, "")
    _show_undecided(report, console)
    waived = [breach for breach in report.breaches if breach.waiver]
    for breach in waived:
        assert breach.waiver is not None  # noqa: S101  # selected so in the line above
        console.print(
            f"[dim]waived until {breach.waiver.expires} by {breach.waiver.owner}:[/] "
            f"{breach.rule.id} on {escape(path_of(breach.resource, report.graph))}: "
            f"{escape(breach.waiver.reason)}"
        )
    if old := sum(breach.old for breach in report.breaches):
        console.print(f"[dim]known[/] {old} findings stand in the snapshot and block nothing")
    if report.gone:
        console.print(
            f"[green]gone[/] {len(report.gone)} findings of the snapshot are mended: write it anew "
            "(--write-snapshot), so that they cannot come back"
        )
    if report.unknown_types:
        kinds, count = len(report.unknown_types), report.unknown_types.total()
        console.print(
            f"[magenta]not judged[/] {count} resources of {kinds} types that no rule knows: "
            f"{escape(listed(report.unknown_types))}",
            soft_wrap=True,
        )
    for error in (*report.refusals, *report.waiver_errors):
        console.print(f"[bold red]error[/] {escape(error)}", soft_wrap=True)
    counts = report.counts
    console.print(
        f"{len(report.graph.resources)} resources, {len(report.outcomes)} checks under profile "
        f"{report.profile.name}: [green]{counts[Verdict.HOLDS]} hold[/], "
        f"[red]{counts[Verdict.BROKEN]} broken[/] ({len(still_open)} findings, {len(waived)} "
        f"waived), [yellow]{len(report.undecided)} undecided[/]"
    )


def _show_undecided(report: Report, console: Console) -> None:
    if not report.undecided:
        return
    console.rule(Text("UNDECIDED", style="magenta"), align="left")
    for outcome in report.undecided[:_SHOWN_UNDECIDED]:
        console.print(
            f"  {outcome.rule.id}  {escape(path_of(outcome.resource, report.graph))}: "
            f"{escape(outcome.unknown)}",
            soft_wrap=True,
        )
    if (more := len(report.undecided) - _SHOWN_UNDECIDED) > 0:
        console.print(f"  and {more} more; --format json lists them all")
