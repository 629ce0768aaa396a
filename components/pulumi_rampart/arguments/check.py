"""Holds arguments to their TypedDict: keys, types and rules, and tells all problems at once."""

import inspect
import types
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace
from typing import (
    Annotated,
    Any,
    NotRequired,
    Required,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    is_typeddict,
)

import pulumi
from pulumi import Output

from pulumi_rampart.arguments.error import ArgumentError, Path, Problem
from pulumi_rampart.arguments.nearest import nearest
from pulumi_rampart.arguments.rules import AlsoCalled, Hidden, Rule

Shape = TypeVar("Shape")

# What of a component stands for it in the arguments of others.
_STANDS_FOR = ("args", "handler")
_SCALARS: dict[Any, str] = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
}


def checked(component: str, args: Shape, shape: type[Shape]) -> Shape:
    """Return a copy of `args` with whole numbers as ints: other languages send floats.

    Args:
        component: logical name, with which messages begin.
        args: what the caller gave.
        shape: the TypedDict that describes it.

    Raises:
        ArgumentError: with every unknown, missing, mistyped or refused argument.
    """
    check = _Check()
    result = check.mapping(args, shape, (), computed=False)
    if check.problems:
        raise ArgumentError(component, check.problems)
    return cast("Shape", result)


class _Check:
    """Walks a value along its annotation and collects what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def mapping(self, value: Any, shape: Any, path: Path, *, computed: bool) -> Any:  # noqa: ANN401  # any argument
        if not isinstance(value, Mapping):
            return self._no_mapping(value, shape, path)
        given = cast("Mapping[str, Any]", value)
        fields = _fields(shape)
        required: frozenset[str] = shape.__required_keys__
        for key in given:
            if key not in fields:
                self._refuse((*path, str(key)), _unknown(str(key), fields))
        for key in sorted(required - given.keys()):
            self._refuse((*path, key), "is missing; it has no default.")
        for key in sorted(key for key in required if given.get(key, ...) is None):
            self._refuse((*path, key), "is None; it has no default.")
        return {
            key: self.value(each, fields[key], (*path, key), computed=computed)
            for key, each in given.items()
            if key in fields and not (each is None and key in required)
        }

    def value(self, value: Any, annotation: Any, path: Path, *, computed: bool) -> Any:  # noqa: ANN401  # any argument
        """Check one value; `computed` says whether outputs are welcome in it."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin in {NotRequired, Required}:
            return self.value(value, arguments[0], path, computed=computed)
        if origin is Annotated:
            return self._ruled(value, annotation, path, computed=computed)
        if origin in {Union, types.UnionType}:  # Input[T], which begins with T
            return self.value(value, arguments[0], path, computed=True)
        if isinstance(value, Output) or inspect.isawaitable(value):
            if not computed and annotation is not Any:
                self._refuse(
                    path, "has to be known before anything is created; pass a plain value."
                )
            return cast("Any", value)
        return self._plain(value, annotation, path, computed=computed)

    def _plain(self, value: Any, annotation: Any, path: Path, *, computed: bool) -> Any:  # noqa: ANN401  # any argument
        origin, arguments = get_origin(annotation), get_args(annotation)
        if value is None and annotation is not Any:
            self._refuse(path, "is None; leave the key out to get the default.")
        elif is_typeddict(annotation):
            value = self.mapping(value, annotation, path, computed=computed)
        elif origin is list:
            value = self._list(value, arguments[0], path, computed=computed)
        elif origin is dict:
            value = self._dict(value, arguments, path, computed=computed)
        elif annotation is not Any:
            value = self._scalar(value, annotation, path)
        return value

    def _ruled(self, value: Any, annotation: Any, path: Path, *, computed: bool) -> Any:  # noqa: ANN401  # any argument
        kind, *rules = get_args(annotation)
        before = len(self.problems)
        value = self.value(value, kind, path, computed=computed)
        if len(self.problems) == before and not isinstance(value, Output | Awaitable):
            texts = (rule.problem(value) for rule in rules if isinstance(rule, Rule))
            if text := next(filter(None, texts), None):
                self.problems.append(Problem(path, text, _shown(value)))
        if any(isinstance(rule, Hidden) for rule in rules):
            self.problems[before:] = [replace(one, got="") for one in self.problems[before:]]
        return cast("Any", value)

    def _list(self, value: Any, kind: Any, path: Path, *, computed: bool) -> Any:  # noqa: ANN401  # any argument
        if isinstance(value, str):
            return self._refuse(path, "a list is wanted; put the text in brackets.", got=value)
        if not isinstance(value, Sequence):
            return self._refuse(path, f"a list is wanted, not {_kind(value)}.")
        entries = enumerate(cast("Sequence[Any]", value))
        return [self.value(each, kind, (*path, n), computed=computed) for n, each in entries]

    def _dict(self, value: Any, kinds: Any, path: Path, *, computed: bool) -> Any:  # noqa: ANN401  # any argument
        if not isinstance(value, Mapping):
            return self._refuse(path, f"a mapping is wanted, not {_kind(value)}.")
        entries = cast("Mapping[Any, Any]", value)
        for key in entries:
            self.value(key, kinds[0], (*path, str(key)), computed=False)
        return {
            key: self.value(each, kinds[1], (*path, str(key)), computed=computed)
            for key, each in entries.items()
        }

    def _scalar(self, value: Any, annotation: Any, path: Path) -> Any:  # noqa: ANN401  # any argument
        is_number = annotation in {int, float}
        if annotation is int and isinstance(value, float) and value.is_integer():
            return int(value)
        # In Python true and false are numbers; here a number is meant.
        if isinstance(value, int | float if annotation is float else annotation) and not (
            is_number and isinstance(value, bool)
        ):
            return value
        wanted = _SCALARS.get(annotation) or annotation.__name__
        return self._refuse(path, f"{wanted} is wanted, not {_kind(value)}.", got=value)

    def _no_mapping(self, value: Any, shape: Any, path: Path) -> None:  # noqa: ANN401  # any argument
        if isinstance(value, pulumi.Resource):
            for attribute in _STANDS_FOR:
                if hasattr(value, attribute):
                    kind = type(value).__name__
                    return self._refuse(
                        path, f"got the {kind} itself; pass its `{attribute}` attribute."
                    )
        return self._refuse(path, f"{shape.__name__}, a mapping, is wanted, not {_kind(value)}.")

    def _refuse(self, path: Path, text: str, *, got: object = None) -> None:
        self.problems.append(Problem(path, text, _shown(got)))


def _fields(shape: Any) -> dict[str, Any]:  # noqa: ANN401  # a TypedDict class
    return dict(shape.__annotations__)


def _unknown(key: str, fields: Mapping[str, Any]) -> str:
    words = {word: field for field in fields for word in _other_words(fields[field])}
    words |= {field: field for field in fields}
    near = nearest(key, words)
    hint = f"did you mean `{words[near]}`? Allowed" if near else "allowed"
    return f"there is no such argument; {hint} are {', '.join(f'`{a}`' for a in fields)}."


def _other_words(annotation: Any) -> tuple[str, ...]:  # noqa: ANN401  # any annotation
    if get_origin(annotation) in {NotRequired, Required}:
        annotation = get_args(annotation)[0]
    notes = getattr(annotation, "__metadata__", ())
    return tuple(word for one in notes if isinstance(one, AlsoCalled) for word in one.words)


def _kind(value: object) -> str:
    return f"{type(value).__name__}"


def _shown(value: object) -> str:
    """Show numbers and texts; what holds more may hold a secret."""
    return repr(value) if isinstance(value, str | int | float) else ""
