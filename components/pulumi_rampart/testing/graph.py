"""The recorded graph: every resource a program registers, in the engine's own words.

Keys are the wire names (`visibilityTimeoutSeconds`), whole numbers are ints, secrets are masked and
values that only a deployment can know are the engine's sentinel.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, cast

from pulumi.runtime import rpc

SECRET = "[secret]"  # noqa: S105  # the mask, not a secret
UNKNOWN = rpc.UNKNOWN
"""What the engine sends in place of a value that a preview cannot know."""

# How the SDK marks a secret on the wire: {signature: secret, "value": ...}.
_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET_MARK = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105  # the SDK's public constant


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
    id: str
    dependencies: list[str]
    property_dependencies: dict[str, list[str]]
    options: dict[str, Any]


@dataclass(frozen=True)
class Graph:
    """All resources of one evaluation, in order of their URNs, and the stack's exports."""

    resources: tuple[Resource, ...]
    exports: dict[str, Any] = field(default_factory=dict[str, Any])

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
        return {"resources": [asdict(one) for one in self.resources], "exports": self.exports}


def in_order(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """Sort by URN: registration order depends on thread timing, a reviewable graph must not."""
    return tuple(sorted(resources, key=lambda one: one.urn))


def is_secret(value: object) -> bool:
    """Tell whether a wire value is in the SDK's secret envelope."""
    return isinstance(value, dict) and cast("dict[str, Any]", value).get(_SIGNATURE) == _SECRET_MARK


def envelope(value: object) -> dict[str, object]:
    """Put a wire value into the SDK's secret envelope."""
    return {_SIGNATURE: _SECRET_MARK, "value": value}


def opened(value: Any) -> Any:  # noqa: ANN401  # wire values are any JSON
    """Take secrets out of their envelopes and turn whole floats back into ints."""
    return _walk(value, opened)


def masked(value: Any) -> Any:  # noqa: ANN401  # wire values are any JSON
    """Replace secrets by a mask and turn whole floats back into ints."""
    return _walk(value, _mask)


def _mask(_: object) -> str:
    return SECRET


def _walk(value: Any, on_secret: Callable[[Any], Any]) -> Any:  # noqa: ANN401  # any JSON
    if is_secret(value):
        return on_secret(value["value"])
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, Any]", value)
        # Assets, archives and resource references carry the signature as a key of their own.
        return {k: _walk(each, on_secret) for k, each in entries.items() if k != _SIGNATURE}
    if isinstance(value, list | tuple):
        return [_walk(each, on_secret) for each in cast("list[Any]", value)]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
