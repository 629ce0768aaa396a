"""One statement that lets several in is one cause: one finding names them all."""

from collections.abc import Iterable, Iterator

from rampart_policies.iam.statement import Statement
from rampart_policies.words import joined


def by_statement(let_in: Iterable[tuple[Statement, str]]) -> Iterator[tuple[str, str]]:
    """Yield each statement's label and whom it lets in, as a sentence lists them."""
    found: dict[Statement, list[str]] = {}
    for statement, who in let_in:
        found.setdefault(statement, []).append(who)
    for statement, several in found.items():
        yield statement.label, joined(several)
