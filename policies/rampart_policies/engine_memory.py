"""What the engine has shown so far of the stack that it is about to judge whole.

Before it creates anything the engine shows each resource by itself, with what the program declares
of it; at the end the whole stack, with what the provider answers. A preview's answers are mostly
unknown, so the declarations are kept until then.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Mapping

from rampart_policies.values import Value

Declarations = Mapping[str, Value]

_NAMED = 6


class EngineMemory:
    """Declarations and undecided checks, by URN. Calls come in several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._declared: dict[str, Declarations] = {}
        self._undecided: dict[tuple[str, str], str] = {}
        self._changes: dict[str, dict[str, str]] = {}

    def declares(self, urn: str, properties: Declarations) -> None:
        """Keep what the program declares of a resource; a later declaration replaces it."""
        with self._lock:
            self._declared[urn] = properties

    def declared(self, urn: str) -> Declarations | None:
        """Return what the program declares of a resource; None where it is only read."""
        with self._lock:
            return self._declared.get(urn)

    def changes(self, rule: str, urn: str, told: str) -> None:
        """Keep what a rule's remediation changed in a resource; nothing where it did not."""
        with self._lock:
            changed = self._changes.setdefault(urn, {})
            changed.pop(rule, None)
            if told:
                changed[rule] = told

    def changed(self, urn: str) -> dict[str, str]:
        """Return what remediations changed in a resource: rule -> what."""
        with self._lock:
            return dict(self._changes.get(urn, {}))

    def decides(self, rule: str, urn: str, unknown: str) -> None:
        """Keep what a check could not learn; nothing where it decided."""
        with self._lock:
            self._undecided.pop((rule, urn), None)
            if unknown:
                self._undecided[rule, urn] = unknown

    def undecided(self, urns: Iterable[str]) -> Counter[str]:
        """Count the undecided checks on these resources by rule."""
        there = set(urns)
        with self._lock:
            return Counter(rule for rule, urn in self._undecided if urn in there)


def in_one_line(undecided: Counter[str], stack: str) -> str:
    """Say what is left undecided, and what decides it.

    Args:
        undecided: rule -> checks.
        stack: the name of the stack.
    """
    ordered = sorted(undecided.items(), key=lambda item: (-item[1], item[0]))
    named = ", ".join(f"{rule} {count}" for rule, count in ordered[:_NAMED])
    more = f" and {len(ordered) - _NAMED} more rules" if len(ordered) > _NAMED else ""
    checks = f"{undecided.total()} checks are" if undecided.total() > 1 else "1 check is"
    return (
        f"{checks} undecided, on values that only the deployment knows ({named}{more}). "
        f"`rampart-policies --stack {stack}` decides without a cloud what a recorded program can, "
        "`pulumi stack export | rampart-policies --graph -` all of it after the update"
    )
