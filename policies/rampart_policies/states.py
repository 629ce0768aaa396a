"""What `pulumi preview --json` and `pulumi stack export` print, as a recorded graph.

Both are states of any program in any language: the first before it is deployed, the second after.
https://www.pulumi.com/docs/iac/cli/commands/pulumi_preview/ (`steps`),
https://www.pulumi.com/docs/iac/cli/commands/pulumi_stack_export/ (`deployment.resources`).
"""

from collections.abc import Iterator
from typing import Any, cast

from rampart_policies.references import IDENTITIES
from rampart_policies.shape import ShapeError
from rampart_policies.values import UNKNOWN

_AFTERWARDS = frozenset(
    {"create", "create-replacement", "import", "import-replacement", "read", "refresh", "same"}
    | {"read-replacement", "update"}
)
"""Steps after which the resource is there; the others delete, or only announce a replacement."""

_UNCHANGED = frozenset({"read", "refresh", "same"})


def as_recorded(content: object) -> object:
    """Return a recorded graph for a preview or an export; anything else as it is.

    Raises:
        ShapeError: it is one of both by its keys, and no list of resources stands there.
    """
    if not isinstance(content, dict):
        return content
    fields = cast("dict[str, Any]", content)
    if "steps" in fields:
        steps = _objects(fields["steps"], "steps")
        there = {step.get("urn"): step for step in steps if step.get("op") in _AFTERWARDS}
        return {"resources": [*map(_previewed, there.values())]}
    if "deployment" in fields:
        deployment = fields["deployment"]
        if not isinstance(deployment, dict):
            raise ShapeError("deployment: expected an object")
        given = cast("dict[str, Any]", deployment).get("resources", [])
        resources = _objects(given, "deployment.resources")
        return {"resources": [*map(_resource, _kept(resources))]}
    return fields


def _kept(resources: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what is not waiting for its deletion after it was replaced."""
    return (one for one in resources if not one.get("delete"))


def _previewed(step: dict[str, Any]) -> dict[str, Any]:
    state = step.get("newState")
    if not isinstance(state, dict):
        raise ShapeError(f"steps: {step.get('urn')} has no newState")
    resource = _resource(cast("dict[str, Any]", state))
    if resource["custom"] and step.get("op") not in _UNCHANGED:
        # The preview leaves out what AWS has not answered yet.
        resource["outputs"] = dict.fromkeys(IDENTITIES, UNKNOWN) | resource["outputs"]
    return resource


def _resource(state: dict[str, Any]) -> dict[str, Any]:
    return {
        "urn": state.get("urn"),
        "type": state.get("type"),
        "custom": state.get("custom", False),
        "external": state.get("external", False),
        "id": state.get("id", ""),
        "inputs": state.get("inputs", {}),
        "outputs": state.get("outputs", {}),
        "parent": state.get("parent", ""),
        "property_dependencies": {
            key: urns or []
            for key, urns in cast("dict[str, Any]", state.get("propertyDependencies") or {}).items()
        },
        "dependencies": state.get("dependencies") or [],
        "source_position": state.get("sourcePosition", ""),
        "stack_trace": _trace(state.get("stackTrace")),
    }


def _trace(frames: Any) -> Any:  # noqa: ANN401  # checked with the rest of the graph
    if not isinstance(frames, list):
        return frames
    return [
        cast("dict[str, Any]", frame).get("sourcePosition") or ""
        if isinstance(frame, dict)
        else frame
        for frame in cast("list[object]", frames)
    ]


def _objects(value: object, at: str) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise ShapeError(f"{at}: expected a list")
    for index, one in enumerate(cast("list[object]", value)):
        if not isinstance(one, dict):
            raise ShapeError(f"{at}[{index}]: expected an object")
    return cast("list[dict[str, Any]]", value)
