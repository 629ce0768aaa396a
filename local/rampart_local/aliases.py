"""Finds what exists of a resource, under its own URN or under one that it had before."""

from collections.abc import Iterator
from typing import Any, cast

from pulumi_rampart.testing import Registration
from pulumi_rampart.testing.run import STACK
from rampart_local.state import Kept, State


def find(state: State, resource: Registration) -> tuple[str, Kept | None]:
    """Return the URN under which a resource is kept, and what is kept: its own and None if not."""
    for urn in (resource.urn, *_earlier(resource)):
        if urn in state.resources:
            return urn, state.resources[urn]
    return resource.urn, None


def _earlier(resource: Registration) -> Iterator[str]:
    """List the URNs that a resource's aliases stand for, as the engine reads them."""
    for alias in cast("list[dict[str, Any]]", resource.options.get("aliases") or []):
        if "urn" in alias:
            yield str(alias["urn"])
            continue
        spec: dict[str, Any] = alias.get("spec") or {}
        parent = "" if spec.get("noParent") else str(spec.get("parentUrn") or resource.parent)
        yield _urn(
            resource.urn,
            parent,
            type_=str(spec.get("type") or resource.type),
            name=str(spec.get("name") or resource.name),
            project=str(spec.get("project") or ""),
            stack=str(spec.get("stack") or ""),
        )


def _urn(now: str, parent: str, *, type_: str, name: str, project: str, stack: str) -> str:
    start, project_now, _, _ = now.split("::")
    chain = parent.split("::")[2] if parent else ""
    qualified = type_ if chain in {"", STACK} else f"{chain}${type_}"
    if stack:
        start = f"{start.rpartition(':')[0]}:{stack}"
    return f"{start}::{project or project_now}::{qualified}::{name}"
