"""Statements that allow everything a service can do, however they say it."""

from collections.abc import Iterator, Sequence

from rampart_policies.iam.kleene import Truth, every
from rampart_policies.iam.statement import Statement
from rampart_policies.values import UndecidedError

_ANY_ACTION = "zq7"  # no action is called so: only a wildcard or a NotAction includes it


def allows_everything(granted: Sequence[Statement], service: str) -> Iterator[Statement]:
    """Yield the statements that allow a service's actions without naming them.

    Raises:
        UndecidedError: after the others, where an action is not known.
    """
    unknown: UndecidedError | None = None
    for statement in granted:
        included: Truth = statement.includes_action(f"{service}:{_ANY_ACTION}")
        allowed = every([statement.effect, included])
        if allowed:
            yield statement
        elif allowed is None:
            unknown = UndecidedError(*statement.hangs_on())
    if unknown:
        raise unknown
