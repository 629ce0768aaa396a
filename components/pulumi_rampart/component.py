"""What every component of this library is: checked arguments, named children, declared outputs."""

import inspect
from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pulumi
from pulumi.provider.experimental.util import camel_case

from pulumi_rampart.arguments import Names, check_names
from pulumi_rampart.boundary.args import Boundary

Inputs = ParamSpec("Inputs")
Child = TypeVar("Child")

PACKAGE = "rampart"
"""First part of every component's type token."""


class Component(pulumi.ComponentResource):
    """A component resource whose token, outputs and children follow from its class.

    A subclass calls `checked` and `super().__init__` first, then makes its children by `child`, and
    closes with `register_outputs`.
    """

    # Not annotated: annotations of a component are its outputs in the schema.
    NAMES = cast("Names", ())
    """What the component's name becomes a part of; see `pulumi_rampart.arguments.names`."""

    def __init__(
        self,
        name: str,
        opts: pulumi.ResourceOptions | None,
        *,
        boundary: Boundary | None = None,
        tags: Mapping[str, pulumi.Input[str]] | None = None,
        without: Collection[type[Any]] = (),
    ) -> None:
        """Register the component itself.

        Args:
            name: logical name, with which the names of all children begin.
            opts: as the caller gave them.
            boundary: gives physical names their prefix, and children their tags.
            tags: for children, where there is no boundary yet.
            without: kinds of children it was not asked for; their limits do not bind its name.

        Raises:
            ArgumentError: a child could not carry the name.
        """
        given = boundary or {}
        prefix = given.get("prefix", f"{pulumi.get_project()}-{pulumi.get_stack()}")
        check_names(name, prefix, [one for one in self.NAMES if one[1] not in without])
        super().__init__(f"{PACKAGE}:index:{type(self).__name__}", name, None, opts)
        above = opts.parent if opts else None
        inherited = above.tags if isinstance(above, Component) else {}
        self._name = name
        self.tags: dict[str, pulumi.Input[str]] = {
            **inherited,
            **given.get("tags", {}),
            **(tags or {}),
        }
        """What every child that can have tags is tagged with."""

    def child(
        self,
        kind: Callable[Concatenate[str, Inputs], Child],
        part: str,
        /,
        *args: Inputs.args,
        **inputs: Inputs.kwargs,
    ) -> Child:
        """Make a child: `<name>-<part>` below this component, with its tags.

        Args:
            kind: class of the child.
            part: what it is to this component; empty for the one that has the component's name.
            args: its arguments, as it takes them after the name.
            inputs: the same by name; `opts` are merged with the parent.
        """
        named = cast("dict[str, Any]", inputs)
        named["opts"] = pulumi.ResourceOptions.merge(
            pulumi.ResourceOptions(parent=self), named.get("opts")
        )
        if self.tags and _takes_tags(kind):
            named["tags"] = {**self.tags, **(named.get("tags") or {})}
        return kind(f"{self._name}-{part}" if part else self._name, *args, **inputs)

    def register_outputs(self, outputs: pulumi.Inputs | None = None) -> None:
        """Register what the class declares as outputs, by the names of the schema."""
        declared = {
            camel_case(name): _in_camel_case(getattr(self, name))
            for name in declared_outputs(type(self))
            if getattr(self, name, None) is not None
        }
        super().register_outputs({**declared, **(outputs or {})})


@cache
def declared_outputs(component: type[Component]) -> tuple[str, ...]:
    """Return the names of the outputs that a component class declares, its bases' included."""
    names: dict[str, None] = {}
    for one in reversed(component.__mro__):
        if issubclass(one, Component) and one is not Component:
            names |= dict.fromkeys(inspect.get_annotations(one))
    return tuple(name for name in names if not name.startswith("_"))


def _in_camel_case(value: Any) -> Any:  # noqa: ANN401  # any output
    if isinstance(value, dict):
        return {camel_case(key): each for key, each in cast("dict[str, Any]", value).items()}
    return value


def _takes_tags(kind: object) -> bool:
    initialize = getattr(kind, "_internal_init", None)
    return initialize is not None and "tags" in inspect.signature(initialize).parameters
