"""The report as annotations of a pull request, in the commands that GitHub Actions reads.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from collections.abc import Iterator

from rampart_policies.positions import Place
from rampart_policies.report import Breach, Report
from rampart_policies.unjudged import listed


def render(report: Report) -> str:
    """Render one command a line: an error for what blocks, a warning for advice."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    for breach in report.breaches:
        if breach.open:
            yield _annotation(breach, report.graph.declared_at(breach.resource))
    if report.unknown_types:
        yield f"::notice title=not judged::{_text(listed(report.unknown_types))}"
    if report.undecided:
        yield f"::notice title=undecided::{len(report.undecided)} checks hang on unknown values"
    for reason in (*report.refusals, *report.waiver_errors):
        yield f"::error title=refused::{_text(reason)}"


def _annotation(breach: Breach, place: Place | None) -> str:
    level = "error" if breach.blocks else "warning"
    resource = breach.resource
    fields = [f"title={_property(breach.rule.id)}"]
    if place:
        file, line = place
        fields = [f"file={_property(file)}", f"line={line}", *fields]
    text = (
        f"{resource.type} {resource.name}: {breach.finding}\nRemedy: {breach.rule.remedy}\n"
        f"{resource.urn}"
    )
    return f"::{level} {','.join(fields)}::{_text(text)}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
