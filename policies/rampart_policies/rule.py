"""What a rule is: a law about resources of some types, the reason for it and the remedy.

The docstring of a rule's file carries the prose, so that it is written once:

    lambda-tracing: every function records its requests with X-Ray.

    Why: without traces a slow or failing request cannot be followed from function to function.

    Remedy: set `tracingConfig.mode` to `Active`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from rampart_policies.graph import Graph, Resource, Types
from rampart_policies.values import Value

Findings = Iterator[str]
"""What a check yields: one text per breach, naming the property, its value and the harm."""

ResourceCheck = Callable[..., Findings]
"""`check(resource, **settings)`: judges a resource by its own properties."""

StackCheck = Callable[..., Findings]
"""`check(resource, graph, **settings)`: judges a resource by what surrounds it."""

Patch = Mapping[str, Value]
"""Top-level properties to set so that the rule holds."""

Remediation = Callable[[Resource], Patch]
"""The change that is safe to make on a resource that breaks the rule."""

_DOC = re.compile(
    r"(?P<id>[a-z0-9-]+): (?P<law>.+?)\n\nWhy: (?P<why>.+?)\n\nRemedy: (?P<remedy>.+)", re.DOTALL
)


class Severity(IntEnum):
    """How much harm a breach does; a profile decides whether it blocks."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


class Enforcement(StrEnum):
    """What happens on a breach, in CrossGuard's words."""

    DISABLED = "disabled"
    ADVISORY = "advisory"
    MANDATORY = "mandatory"
    REMEDIATE = "remediate"


@dataclass(frozen=True)
class Setting:
    """A number or list that a profile may change."""

    default: Value
    meaning: str

    @property
    def schema(self) -> dict[str, Value]:
        """The setting as JSON schema, for the pack's configuration."""
        kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
        return {
            "type": kinds[type(self.default)],  # pyright: ignore[reportArgumentType]  # never None
            "default": self.default,
            "description": self.meaning,
        }


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """One law. Made by `resource_rule` or `stack_rule`."""

    id: str
    law: str
    why: str
    remedy: str
    severity: Severity
    on: tuple[str, ...]
    """The types of the resources judged."""
    covers: tuple[str, ...]
    """Ids of other frameworks from controls.tsv; for a control without ids its own name."""
    check: Callable[..., Findings]
    needs_graph: bool
    house: bool
    """Whether it asks for what a house or a data class wants, and not for what is a defect in
    anyone's account."""
    remediate: Remediation | None = None
    settings: Mapping[str, Setting] = field(default_factory=dict[str, Setting])

    def findings(
        self, resource: Resource, graph: Graph | None, settings: Mapping[str, Value]
    ) -> Findings:
        """Run the check with a profile's settings over the rule's own defaults."""
        chosen = {key: settings.get(key, one.default) for key, one in self.settings.items()}
        if self.needs_graph:
            return self.check(resource, graph, **chosen)
        return self.check(resource, **chosen)

    @property
    def default_enforcement(self) -> Enforcement:
        """What applies where no profile says otherwise: grave defects block, the rest advises."""
        grave = self.severity >= Severity.HIGH and not self.house
        return Enforcement.MANDATORY if grave else Enforcement.ADVISORY


def resource_rule(
    doc: str | None,
    check: ResourceCheck,
    *,
    on: Types,
    severity: Severity,
    covers: tuple[str, ...] = (),
    house: bool = False,
    remediate: Remediation | None = None,
    settings: Mapping[str, Setting] | None = None,
) -> Rule:
    """Make a rule that a resource keeps or breaks by itself; checked before its creation."""
    return _rule(
        doc, check, on, severity, covers, remediate, settings, needs_graph=False, house=house
    )


def stack_rule(
    doc: str | None,
    check: StackCheck,
    *,
    on: Types,
    severity: Severity,
    covers: tuple[str, ...] = (),
    house: bool = False,
    settings: Mapping[str, Setting] | None = None,
) -> Rule:
    """Make a rule that needs the resources around the judged one; checked on the stack."""
    return _rule(doc, check, on, severity, covers, None, settings, needs_graph=True, house=house)


def _rule(  # noqa: PLR0917  # private, called twice above in the order written here
    doc: str | None,
    check: Callable[..., Findings],
    on: Types,
    severity: Severity,
    covers: tuple[str, ...],
    remediate: Remediation | None,
    settings: Mapping[str, Setting] | None,
    *,
    needs_graph: bool,
    house: bool,
) -> Rule:
    prose = _DOC.fullmatch((doc or "").strip())
    if prose is None:
        raise ValueError(
            f"a rule's docstring reads 'id: law', 'Why: ...', 'Remedy: ...'; got: {doc!r}"
        )
    return Rule(
        id=prose["id"],
        law=_one_line(prose["law"]),
        why=_one_line(prose["why"]),
        remedy=_one_line(prose["remedy"]),
        severity=severity,
        on=(on,) if isinstance(on, str) else on,
        covers=covers,
        check=check,
        needs_graph=needs_graph,
        house=house,
        remediate=remediate,
        settings=settings or {},
    )


def _one_line(prose: str) -> str:
    return " ".join(prose.split())
