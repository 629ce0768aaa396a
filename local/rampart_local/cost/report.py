"""The cost of a stack as a table, as JSON, and as the table of the README."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from rampart_local.cost.fixed import Fixed, fixed
from rampart_local.cost.prices import Prices, prices_of
from rampart_local.cost.use import SECONDS, Use, uses
from rampart_local.recording import record_stack
from rampart_local.stack import read_stack

BEGIN, END = "<!-- costs: rampart cost --readme README.md -->", "<!-- end of costs -->"


def cost_of(project: Path, stack: str, seconds: float = SECONDS) -> dict[str, Any]:
    """Return the cost of a stack, as `rampart cost --json` prints it.

    Raises:
        PriceError: the table has no prices of the stack's region.
        LookupError: the stack names no region.
    """
    described = read_stack(project, stack)
    prices = prices_of(described.config["aws:region"])
    graph = record_stack(described)
    return _report(stack, fixed(graph, prices), uses(graph, prices, seconds), prices, seconds)


def _report(
    stack: str, month: Fixed, use: tuple[Use, ...], prices: Prices, seconds: float
) -> dict[str, Any]:
    return {
        "stack": stack,
        "region": prices.region,
        "prices": {"as_of": prices.as_of, "source": prices.source},
        "fixed_usd_a_month": round(month.usd, 2),
        "fixed": [asdict(line) for line in month.lines],
        "unknown": list(month.unknown),
        "assumed_seconds_a_function": seconds,
        "use": [{**asdict(one), "functions": list(one.functions)} for one in use],
    }


def show(report: dict[str, Any], out: Console) -> None:
    """Print a report for people."""
    month = Table("a month, idle", "count", "USD", title=f"{report['stack']}, {report['region']}")
    for line in report["fixed"]:
        month.add_row(_short(line["kind"]), str(line["count"]), f"{line['usd']:.2f}")
    month.add_row("together", "", f"{report['fixed_usd_a_month']:.2f}", style="bold")
    use = Table("1,000 of", "functions", "USD")
    for one in report["use"]:
        use.add_row(one["what"], ", ".join(one["functions"]), f"{one['usd_per_1000']:.4f}")
    out.print(month)
    out.print(use)
    out.print(
        f"Every function is assumed to run {report['assumed_seconds_a_function']:g} s. "
        f"Prices of {report['prices']['as_of']}: {report['prices']['source']}."
    )
    for kind in report["unknown"]:
        out.print(f"No price is known of {kind}: it is not in the sum.", markup=False)


def readme_table(reports: list[dict[str, Any]]) -> str:
    """Return the table of the README, between its marks."""
    kinds = list(dict.fromkeys(line["kind"] for report in reports for line in report["fixed"]))
    head = " | ".join(f"`{report['stack']}` ({report['region']})" for report in reports)
    rows = [f"| USD a month, idle | {head} |", "|---" * (len(reports) + 1) + "|"]
    for kind in kinds:
        found = [
            next((line["usd"] for line in report["fixed"] if line["kind"] == kind), 0.0)
            for report in reports
        ]
        rows.append(f"| {_short(kind)} | {' | '.join(f'{usd:.2f}' for usd in found)} |")
    sums = " | ".join(f"**{report['fixed_usd_a_month']:.2f}**" for report in reports)
    rows += [f"| **together** | {sums} |", "", f"Prices of {reports[0]['prices']['as_of']}."]
    return "\n".join([BEGIN, *rows, END])


def rewrite(page: str, table: str) -> str:
    """Return a page with the table between the marks replaced.

    Raises:
        ValueError: the page has no such marks.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no table of costs; put {BEGIN} and {END} where it belongs.")
    return before + table + after


def _short(kind: str) -> str:
    return kind.rpartition(":")[2]
