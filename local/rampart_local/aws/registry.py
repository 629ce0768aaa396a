"""Which resource types the laptop cloud can create, and how."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from pulumi_rampart.testing import Registration
from rampart_local.clients import Clients

Inputs = dict[str, Any]
Created = tuple[str, dict[str, Any]]
"""The provider's id of a resource and the outputs that its inputs do not already say."""
Create = Callable[[Clients, Registration], Created]
Update = Callable[[Clients, Registration, str, Inputs], Created]
"""Takes the id of the resource that exists and the inputs that it has."""
Delete = Callable[[Clients, str, Inputs], None]
"""Takes the id and everything known of the resource, inputs and outputs."""
Holds = Callable[[Clients, str, Inputs], str]
"""Says what somebody stored in a resource, e.g. `3 objects`; nothing if it is empty."""
Answer = Callable[[Clients, Inputs], dict[str, Any]]


class RefusedByAwsError(ValueError):
    """AWS would refuse it; the message says why, in AWS's words where they are known."""


@dataclass(frozen=True, kw_only=True)
class Creator:
    """How a type is created."""

    create: Create
    again: bool
    """Whether creating it again with other inputs changes what exists."""
    unenforced: str
    """What the embedded AWS keeps but does not act on; empty if it does all we know of."""
    runs_code: bool
    """Whether creating it calls a function, which waits until all functions are there."""


CREATORS: dict[str, Creator] = {}
UPDATERS: dict[str, Update] = {}
REPLACED_BY: dict[str, frozenset[str]] = {}
"""Inputs that an updater cannot change, by type."""
DELETERS: dict[str, Delete] = {}
HOLDS: dict[str, Holds] = {}
EMPTIES: dict[str, Delete] = {}
"""Delete what is stored in a resource, which its deleter does not."""
ANSWERS: dict[str, Answer] = {}
RECORDED_ONLY: dict[str, str] = {}
"""Types that are known and yet cannot be created, with the reason."""


def creates(
    type_: str, *, again: bool = False, unenforced: str = "", runs_code: bool = False
) -> Callable[[Create], Create]:
    """Register the creator of a resource type."""

    def register(create: Create) -> Create:
        CREATORS[type_] = Creator(
            create=create, again=again, unenforced=unenforced, runs_code=runs_code
        )
        return create

    return register


def updates(type_: str, *replaced_by: str) -> Callable[[Update], Update]:
    """Register what changes an existing resource of this type in place.

    Args:
        type_: the type's token.
        replaced_by: inputs that AWS cannot change: with them the resource is replaced.
    """

    def register(update: Update) -> Update:
        UPDATERS[type_] = update
        REPLACED_BY[type_] = frozenset(replaced_by)
        return update

    return register


def deletes(*types: str) -> Callable[[Delete], Delete]:
    """Register what deletes a resource of these types; what is gone already is no error."""

    def register(delete: Delete) -> Delete:
        DELETERS.update(dict.fromkeys(types, delete))
        return delete

    return register


def holds(type_: str) -> Callable[[Holds], Holds]:
    """Register what says which data of others a resource holds."""

    def register(hold: Holds) -> Holds:
        HOLDS[type_] = hold
        return hold

    return register


def empties(type_: str) -> Callable[[Delete], Delete]:
    """Register what deletes the data that a resource holds."""

    def register(empty: Delete) -> Delete:
        EMPTIES[type_] = empty
        return empty

    return register


def answers(token: str) -> Callable[[Answer], Answer]:
    """Register the answer to a provider function."""

    def register(answer: Answer) -> Answer:
        ANSWERS[token] = answer
        return answer

    return register


def physical_name(
    resource: Registration, longest: int = 64, *, key: str = "name", separator: str = "-"
) -> str:
    """Return the name that the program gives, else one like Pulumi's, but stable across runs.

    Args:
        resource: what is to be created.
        longest: the service's limit.
        key: the input that holds an explicit name; `<key>Prefix` may hold its beginning.
        separator: what stands before the suffix, where the service forbids hyphens.
    """
    if resource.inputs.get(key):
        return str(resource.inputs[key])
    suffix = hashlib.sha256(resource.urn.encode()).hexdigest()[:7]
    prefix = resource.inputs.get(f"{key}Prefix") or resource.name + separator
    return f"{str(prefix)[: longest - len(suffix)]}{suffix}"


def pascal(value: Any) -> Any:  # noqa: ANN401  # any JSON
    """Turn the wire's camelCase keys into the SDK's PascalCase, at every depth."""
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        return {key[:1].upper() + key[1:]: pascal(each) for key, each in entries.items()}
    if isinstance(value, list):
        return [pascal(each) for each in cast("list[Any]", value)]
    return value


def given(inputs: Inputs, *keys: str, **renamed: str) -> dict[str, Any]:
    """Take the inputs that are given, under the SDK's names: PascalCase, or as `new=key` says."""
    names = {key[:1].upper() + key[1:]: key for key in keys} | renamed
    return {name: inputs[key] for name, key in names.items() if inputs.get(key) is not None}


def block(inputs: Inputs, key: str) -> Inputs:
    """Return a nested block of inputs, empty if it is not given."""
    return inputs.get(key) or {}


def many(inputs: Inputs, key: str) -> list[Any]:
    """Return a list of inputs, empty if it is not given."""
    return inputs.get(key) or []
