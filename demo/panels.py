"""How questions and what they brought look in a terminal."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from demo.gallery_client import Found, Results
from demo.knowledge_client import Answer, Citation


def answered(question: str, answer: Answer, faults: Sequence[str], seconds: float) -> Panel:
    """Show one question with its answer, its citations and what is wrong with it."""
    parts: list[RenderableType] = [Text(answer.answer), Text()]
    for citation in answer.citations:
        quote = " ".join(citation.quote.split())
        parts.append(Text.assemble(("→ ", "cyan"), (_place(citation), "bold cyan")))
        parts.append(Padding(Text(f"“{quote}”", style="italic"), (0, 0, 0, 2)))
    degraded = answer.degraded_reason if answer.degraded else None
    told = f"{answer.provider} {answer.model}, {seconds:.1f} s"
    return _panel(question, parts, faults, degraded, told)


def found(question: str, results: Results, faults: Sequence[str], seconds: float) -> Panel:
    """Show one question with the images it found, the best first, and what is wrong with that."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for header in ("image", "by meaning", "by words", "what was seen"):
        table.add_column(header, no_wrap=header != "what was seen")
    for place, image in enumerate(results.results):
        table.add_row(
            Text(image.filename, style="" if place else "bold cyan"),
            _rank(image.semantic_rank),
            _rank(image.text_rank),
            _seen(image),
        )
    seen_by = {image.analysis.provider_used for image in results.results if image.analysis}
    told = f"seen by {', '.join(sorted(seen_by))}, {seconds:.1f} s"
    return _panel(question, [table], faults, results.degraded_reason, told)


def _panel(
    question: str,
    parts: list[RenderableType],
    faults: Sequence[str],
    degraded: str | None,
    told: str,
) -> Panel:
    wrong = [Text(f"✗ {fault}", style="bold red") for fault in faults]
    less = [Text(f"\ndegraded: {degraded}", style="dim")] if degraded else []
    return Panel(
        Group(*parts, *wrong, *less),
        title=Text(question, style="bold"),
        title_align="left",
        subtitle=Text(told, style="dim"),
        subtitle_align="right",
        border_style="red" if faults else "green",
        padding=(1, 2),
    )


def _place(citation: Citation) -> str:
    page = [f"page {citation.page}"] if citation.page else []
    return ", ".join([citation.filename, *page, *citation.headings[-1:]])


def _rank(rank: int | None) -> str:
    return "" if rank is None else f"{rank}."


def _seen(image: Found) -> Text:
    """Return the beginning of what was seen: the first result's in full would fill the screen."""
    text = Text(image.analysis.summary if image.analysis else "", style="italic")
    text.truncate(160, overflow="ellipsis")
    return text
