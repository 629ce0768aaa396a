"""Typed reading of properties, in which an unknown value can never pass for a fact.

Every reader raises `UndecidedError` when the value, or anything above it, is not known yet. A
check therefore needs no care of its own: what it did not learn, it cannot conclude from.
"""

import json
import math
from collections.abc import Iterator, Mapping
from typing import TypeAlias, TypeVar

_Item = TypeVar("_Item")

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

# One sentinel per wire type: pulumi_policy/proxy.py, sdk/go/common/resource/plugin/rpc.go.
UNKNOWNS = frozenset(
    {
        UNKNOWN,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)

SECRET = "[secret]"  # noqa: S105  # what a recorded graph shows instead of a secret value


class UndecidedError(Exception):
    """The check met a value that is not known: neither `holds` nor `broken` may be concluded."""

    def __init__(self, path: str, reason: str = "is not known yet") -> None:
        super().__init__(f"{path} {reason}")


class NotApplicableError(Exception):
    """The resource is of a matching type, but not what the rule speaks about."""


def is_unknown(value: Value) -> bool:
    """Whether the value is a sentinel, or a text that contains one."""
    return isinstance(value, str) and (value in UNKNOWNS or UNKNOWN in value)


def contains_unknown(value: Value) -> bool:
    """Whether the value or anything inside it is unknown."""
    return any(is_unknown(text) for text in texts_in(value))


def texts_in(value: Value) -> Iterator[str]:
    """Yield every text inside a value, at any depth; keys are not included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)


def before_unknown(found: Iterator[_Item]) -> tuple[tuple[_Item, ...], UndecidedError | None]:
    """Return what was found before something unknown, and that; None where all is known."""
    before: list[_Item] = []
    try:
        before.extend(found)
    except UndecidedError as unknown:
        return tuple(before), unknown
    return tuple(before), None


def parse_json(text: str, path: str) -> Value:
    """Return the value of a JSON text; a text that is no JSON is undecided, never empty."""
    if is_unknown(text):
        raise UndecidedError(path)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UndecidedError(path, "is not JSON") from None


def single(value: Value) -> Value:
    """Return the one item of a list, None for an empty one; other values as they are.

    Where at most one block is allowed, Terraform's providers have a list and Pulumi's have the
    block itself. Programs and states of either kind are met, so both are read alike.
    """
    if isinstance(value, list) and len(value) < 2:  # noqa: PLR2004  # none or one
        return value[0] if value else None
    return value


class Block:
    """A group of properties, read by dotted path: `function.text("tracingConfig.mode")`.

    An absent property reads as `None`, "" or an empty collection, whichever the reader's type
    has; AWS and Pulumi's providers do not tell these apart either.
    """

    def __init__(self, fields: Mapping[str, Value], path: str = "") -> None:
        self.fields = fields
        self.path = path

    def __bool__(self) -> bool:
        return bool(self.fields)

    def value(self, path: str) -> Value:
        """Return the value at a path as it is, which may contain unknowns further down."""
        fields: Mapping[str, Value] = self.fields
        *above, last = path.split(".")
        for step in above:
            value = fields.get(step)
            if isinstance(value, list):
                value = single(value)
            if value is None or value == "":
                return None
            if not isinstance(value, dict):
                raise UndecidedError(self._full(path), _why_not(value, "a group of properties"))
            fields = value
        value = fields.get(last)
        if is_unknown(value):
            raise UndecidedError(self._full(path))
        return value

    def has(self, path: str) -> bool:
        """Whether the property is given and not empty."""
        return self.value(path) not in (None, "", [], {})

    def text(self, path: str) -> str | None:
        """Return the text at a path, or None."""
        value = self.value(path)
        if value is None or value == "":
            return None
        if isinstance(value, list | dict):
            raise UndecidedError(self._full(path), "is not a text")
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, path: str) -> float | None:
        """Return the number at a path, or None; Pulumi sends every number as a float."""
        value = self.value(path)
        if value is None or value == "":
            return None
        try:
            number = float(value)  # pyright: ignore[reportArgumentType]  # wrong types raise below
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not math.isfinite(number):  # compared with anything, NaN would say "not above"
            raise UndecidedError(self._full(path), _why_not(value, "a number"))
        return number

    def flag(self, path: str, *, default: bool = False) -> bool:
        """Return the truth value at a path, or the service's default."""
        value = self.value(path)
        if value is None or value == "":
            return default
        if isinstance(value, bool):
            return value
        if value in ("true", "false"):  # what a stack's config or a YAML program may send
            return value == "true"
        raise UndecidedError(self._full(path), _why_not(value, "true or false"))

    def block(self, path: str) -> "Block":
        """Return the group at a path; an empty block (which is false) when there is none."""
        value = single(self.value(path))
        if value is None or value == "":
            return Block({}, self._full(path))
        if not isinstance(value, dict):
            raise UndecidedError(self._full(path), _why_not(value, "a group of properties"))
        return Block(value, self._full(path))

    def blocks(self, path: str) -> list["Block"]:
        """Return the groups of a list, in order."""
        return [
            Block(item, at) if isinstance(item, dict) else Block({"value": item}, at)
            for at, item in self._items(path)
        ]

    def texts(self, path: str) -> list[str]:
        """Return the texts of a list, in order; a single text counts as a list of one."""
        if isinstance(value := self.value(path), str):
            return [value] if value else []
        return [
            item if isinstance(item, str) else json.dumps(item) for _, item in self._items(path)
        ]

    def json(self, path: str) -> "Block":
        """Return the group in a JSON text such as `redrivePolicy`, or the group as it is."""
        value = self.value(path)
        if isinstance(value, str) and value:
            value = parse_json(value, self._full(path))
        if value is None or value == "":
            return Block({}, self._full(path))
        if not isinstance(value, dict):
            raise UndecidedError(self._full(path), _why_not(value, "a JSON object"))
        return Block(value, self._full(path))

    def _items(self, path: str) -> Iterator[tuple[str, Value]]:
        value = self.value(path)
        if value is None or value == "":
            return
        if isinstance(value, dict):
            value = [value]
        if not isinstance(value, list):
            raise UndecidedError(self._full(path), _why_not(value, "a list"))
        for index, item in enumerate(value):
            at = f"{self._full(path)}[{index}]"
            if is_unknown(item):
                raise UndecidedError(at)
            yield at, item

    def _full(self, path: str) -> str:
        return f"{self.path}.{path}" if self.path else path


def _why_not(value: Value, wanted: str) -> str:
    if is_unknown(value):
        return "is not known yet"
    return "is a secret" if value == SECRET else f"is not {wanted}"
