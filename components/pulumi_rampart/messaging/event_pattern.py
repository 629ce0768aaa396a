"""Which events a rule matches, checked before EventBridge would refuse it.

Event source mappings of Lambda and subscriptions of SNS take the same patterns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pulumi_rampart.arguments import Json
from pulumi_rampart.arguments.nearest import nearest

# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
OPERATORS = (
    "anything-but",
    "cidr",
    "equals-ignore-case",
    "exists",
    "numeric",
    "prefix",
    "suffix",
    "wildcard",
)

# https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
MAX_CHARACTERS = 4096


@dataclass(frozen=True)
class EventPattern(Json):
    """A JSON object whose leaves are lists of values or of operators."""

    remedy: str = 'write a pattern such as {"source": ["shop.orders"]}.'
    service: str = "EventBridge"
    """Who matches."""

    def problem(self, value: str) -> str | None:
        """Judge a pattern, its size first."""
        if len(value) > MAX_CHARACTERS:
            return (
                f"{len(value)} characters, and {self.service} allows {MAX_CHARACTERS}; match fewer "
                "values."
            )
        return super().problem(value)

    def problem_of(self, document: dict[str, Any]) -> str | None:
        """Judge the pattern's structure."""
        problem = _of_object(document, "", self.service)
        return problem or (None if document else f"is empty; {self.remedy}")


def _of_object(pattern: Mapping[str, Any], place: str, service: str) -> str | None:
    for key, value in pattern.items():
        here = f"{place}.{key}" if place else key
        if key == "$or":
            problem = _of_alternatives(value, here, service)
        elif isinstance(value, dict):
            problem = _of_object(cast("dict[str, Any]", value), here, service)
        elif isinstance(value, list):
            problem = _of_values(cast("list[Any]", value), here, service)
        else:
            problem = f"{here} is {value!r}; {service} matches lists: [{value!r}]."
        if problem:
            return problem
    return None


def _of_alternatives(value: object, place: str, service: str) -> str | None:
    if not isinstance(value, list):
        return f"{place} is a list of patterns."
    for each in cast("Sequence[Any]", value):
        if not isinstance(each, dict):
            return f"{place} is a list of patterns, and {each!r} is none."
        if problem := _of_object(cast("dict[str, Any]", each), place, service):
            return problem
    return None


def _of_values(values: Sequence[Any], place: str, service: str) -> str | None:
    if not values:
        return f"{place} is an empty list, which matches nothing."
    for each in values:
        if isinstance(each, dict):
            (operator, *more) = cast("dict[str, Any]", each) or {"": None}
            if more or operator not in OPERATORS:
                near = nearest(operator, OPERATORS)
                hint = f"did you mean {near}?" if near else f"it knows {', '.join(OPERATORS)}."
                return f"{place} uses {operator!r}, which {service} does not know; {hint}"
        elif isinstance(each, list):
            return f"{place} holds a list in a list; {service} matches single values."
    return None
