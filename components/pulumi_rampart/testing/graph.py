"""The recorded graph: every resource a program registers, in the engine's own words.

Keys are the wire names (`visibilityTimeoutSeconds`), whole numbers are ints, secrets are masked and
values that only a deployment can know are the engine's sentinel.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Registration:
    """A resource as the program asks for it."""

    urn: str
    type: str
    name: str
    parent: str
    custom: bool
    """False for a component, which exists in the graph only."""
    inputs: dict[str, Any]
    """Plain values, secrets included: for the cloud that creates the resource."""
    dependencies: list[str]
    property_dependencies: dict[str, list[str]]
    options: dict[str, Any]
    provider: str = ""
    """URN of the provider that the program chose; empty for the package's default provider."""
    region: str = ""
    """Where it is: its `region` argument, else its provider's, else that of the configuration.

    Empty where the package knows no regions.
    """
    id: str = ""
    """Of a resource that exists already and is read or imported."""
    source_position: str = field(default="", compare=False)
    """Where the program declares it, as the engine writes it: `project:///shop/api.py#14`.

    Relative to the folder of Pulumi.yaml; empty where the SDK does not tell. It is no part of what
    is described: a resource that moves to another line is the same.
    """
    stack_trace: list[str] = field(default_factory=list[str], compare=False)
    """Positions in the program's folder that led to the declaration, the innermost first."""

    def recorded(
        self, *, inputs: dict[str, Any], outputs: dict[str, Any], id_: str, external: bool = False
    ) -> "Resource":
        """Return what the graph shows of it: `inputs` and `outputs` with secrets masked."""
        fields: dict[str, Any] = vars(self) | {"inputs": inputs, "id": id_}
        return Resource(**fields, outputs=outputs, external=external)


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A resource as the graph shows it: inputs and outputs with secrets masked."""

    urn: str
    type: str
    name: str
    parent: str
    custom: bool
    inputs: dict[str, Any]
    outputs: dict[str, Any]
    """The inputs, and what the cloud answered. What merely stands in for an output that nobody
    answered (`Cloud.complete`) is handed to the program and not listed."""
    id: str
    dependencies: list[str]
    property_dependencies: dict[str, list[str]]
    options: dict[str, Any]
    provider: str = ""
    """URN of the provider that the program chose; empty for the package's default provider."""
    region: str = ""
    """As in `Registration`."""
    external: bool = False
    """True for what exists already and is only read: `Bucket.get`, `StackReference`."""
    source_position: str = field(default="", compare=False)
    """As in `Registration`."""
    stack_trace: list[str] = field(default_factory=list[str], compare=False)
    """As in `Registration`."""


@dataclass(frozen=True, kw_only=True)
class LogLine:
    """A message of the program, of an SDK or of the recorder."""

    severity: str
    """`info`, `warning` or `error`."""
    message: str
    urn: str = ""
    """Of the resource it is about; empty for the program as a whole."""


@dataclass(frozen=True)
class Graph:
    """All resources of one evaluation, in order of their URNs, and the stack's exports."""

    resources: tuple[Resource, ...]
    exports: dict[str, Any] = field(default_factory=dict[str, Any])
    logs: tuple[LogLine, ...] = field(default=(), compare=False)
    """In the order of their arrival, which depends on thread timing."""

    def of(self, type_: str) -> tuple[Resource, ...]:
        """Return the resources of one type, e.g. `aws:sqs/queue:Queue`."""
        return tuple(one for one in self.resources if one.type == type_)

    def one(self, type_: str, name: str) -> Resource:
        """Return the one resource of this type and logical name.

        Raises:
            LookupError: there is none; the message lists the names there are.
        """
        for resource in self.of(type_):
            if resource.name == name:
                return resource
        raise LookupError(
            f"no {type_} named {name!r}; there are {[r.name for r in self.of(type_)]}"
        )

    def children(self, urn: str) -> tuple[Resource, ...]:
        """Return the direct children of a resource."""
        return tuple(one for one in self.resources if one.parent == urn)

    def to_json(self) -> dict[str, Any]:
        """Return the graph as plain JSON values."""
        return {
            "resources": [asdict(one) for one in self.resources],
            "exports": self.exports,
            "logs": [asdict(one) for one in self.logs],
        }


def in_order(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """Sort by URN: registration order depends on thread timing, a reviewable graph must not."""
    return tuple(sorted(resources, key=lambda one: one.urn))
