"""What becomes of a resource that a program declares: created, updated, replaced, or as it was."""

import hashlib
import json
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast

from pulumi_rampart.testing import Registration
from rampart_local import aws
from rampart_local.assets import fingerprint, is_asset
from rampart_local.state import Kept

_NOTED = frozenset({"tags", "tagsAll", "forceDestroy", "skipDestroy", "skipFinalSnapshot"})
"""Inputs that nothing here acts on: a change is written down."""
PLACES = frozenset(
    {
        "bucket",
        "eventBusName",
        "function",
        "functionName",
        "httpMethod",
        "logGroupName",
        "queueUrl",
        "repository",
        "resourceArn",
        "resourceId",
        "restApi",
        "restApiId",
        "role",
        "rule",
        "secretArn",
        "secretId",
        "stageName",
        "statusCode",
        "topic",
        "usagePlanId",
        "userPoolId",
    }
)
"""Inputs that say which other resource a setting belongs to: elsewhere it is another one."""


NO_CREATOR = "the laptop cloud has no creator for this type"
ELSEWHERE = "it exists outside the program"
"""Why a resource is recorded only."""


class Verb(Enum):
    """What is done to a resource."""

    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"
    KEEP = "keep"

    @property
    def sign(self) -> str:
        """How Pulumi shows it."""
        return {"create": "+", "update": "~", "replace": "+-", "delete": "-"}.get(self.value, " ")


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is done to a resource, and for which inputs."""

    verb: Verb
    keys: tuple[str, ...] = ()

    def line(self, urn: str) -> str:
        """Say it as a line for people."""
        why = f" ({', '.join(self.keys)})" if self.keys else ""
        return f"{self.verb.sign} {self.verb.value} {named(urn)}{why}"


def change(resource: Registration, kept: Kept | None) -> Change:
    """Decide what becomes of a resource that may exist already."""
    if kept is None:
        return Change(verb=Verb.CREATE)
    if kept.digest == digest(resource):
        return Change(verb=Verb.KEEP)
    now, before = contents(resource.inputs), kept.known_inputs
    keys = tuple(
        sorted(key for key in now.keys() | before.keys() if now.get(key) != before.get(key))
    )
    verb = Verb.REPLACE if _replaces(resource, kept, set(keys)) else Verb.UPDATE
    return Change(verb=verb, keys=keys)


def _replaces(resource: Registration, kept: Kept, keys: set[str]) -> bool:
    asked = {each.partition("[")[0].partition(".")[0] for each in _replace_on(resource)}
    if asked & keys or ("*" in asked and keys):
        return True
    type_, creator = resource.type, aws.CREATORS[resource.type]
    if kept.inputs is None:  # of an older version, which did not keep them
        return type_ not in aws.UPDATERS and not creator.again
    if keys <= _NOTED:
        return False
    if type_ in aws.UPDATERS:
        return bool(keys & aws.REPLACED_BY[type_])
    return not creator.again or bool(keys & PLACES)


def _replace_on(resource: Registration) -> list[str]:
    return [str(each) for each in resource.options.get("replaceOnChanges") or ()]


def only_noted(keys: tuple[str, ...]) -> bool:
    """Tell whether nothing has to be called for a change of these inputs."""
    return bool(keys) and set(keys) <= _NOTED


def with_ignored(resource: Registration, kept: Kept | None) -> dict[str, Any]:
    """Return the inputs, those as they were whose changes the program ignores."""
    settled = dict(resource.inputs)
    if kept is None:
        return settled
    for path in cast("list[str]", resource.options.get("ignoreChanges") or []):
        key = path.partition("[")[0].partition(".")[0]
        if key in kept.known_inputs:
            settled[key] = kept.known_inputs[key]
    return settled


def digest(resource: Registration) -> str:
    """Hash what a resource is, files by what they hold."""
    described = {"type": resource.type, "inputs": contents(resource.inputs)}
    return hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()


def contents(value: Any) -> Any:  # noqa: ANN401  # any JSON
    """Replace files by what they hold."""
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        if is_asset(entries):
            return fingerprint(entries)
        return {key: contents(each) for key, each in entries.items()}
    if isinstance(value, list):
        return [contents(each) for each in cast("list[Any]", value)]
    return value


def type_of(urn: str) -> str:
    """Return a resource's type."""
    return urn.split("::")[2].rpartition("$")[2]


def named(urn: str) -> str:
    """Say a URN as people do: `aws:sqs/queue:Queue jobs`."""
    return f"{type_of(urn)} {urn.rpartition('::')[2]}"
