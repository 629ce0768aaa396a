"""A change of one resource, and how AWS shows it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.local.every_type.documents import policy

Show = Callable[[Any, str, dict[str, Any]], object]
"""Takes the clients, the id, and inputs and outputs; returns what AWS says of it."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A resource of `every_type`, changed."""

    name: str
    after: dict[str, Any]
    """Inputs that it has then."""
    show: Show
    shown: object
    before: dict[str, Any] = field(default_factory=dict[str, Any])
    """Inputs that it has first in addition; those that `after` lacks are removed."""


def actions(document: str) -> object:
    return json.loads(document)["Statement"][0]["Action"]


def other_policy(**principal: str) -> str:
    return policy(**principal).replace('"Action": "*"', '"Action": "app:Other"')
