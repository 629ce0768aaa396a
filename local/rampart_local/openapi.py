"""Describes a recorded API for its clients: an OpenAPI 3.1 document.

Paths and methods are those of the graph. A request's body is what a JSON Schema file below the
project's folder (`<name>.schema.json`) says, if its description begins with `Body of POST /path`;
headers that go with it stand there as `x-parameters`, in OpenAPI's words.
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pulumi_rampart.testing import Graph

_BODY = re.compile(r"Body of ([A-Z]+) (/[^\s:.]*)")
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "correlation_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "correlation_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
_RESPONSES: dict[str, Any] = {
    "2XX": {"description": "Done", "content": {"application/json": {}}},
    "default": {
        "description": "Why not (RFC 9457)",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    },
}


def openapi(graph: Graph, export: str, folder: Path) -> dict[str, Any]:
    """Return the document of the API whose address the stack exports under this name.

    Args:
        graph: recorded or deployed.
        export: e.g. `api_url`.
        folder: the project's, where schema files are looked for; hidden folders are left out.

    Raises:
        LookupError: no API has that address; the message lists what is exported.
    """
    for stage in graph.of("aws:apigateway/stage:Stage"):
        if export in graph.exports and stage.outputs.get("invokeUrl") == graph.exports[export]:
            break
    else:
        raise LookupError(f"no API answers at {export!r}; exported are {sorted(graph.exports)}")
    api = stage.inputs["restApi"]
    paths: dict[str, dict[str, Any]] = {}
    for path, method in sorted(_routes(graph, api)):
        paths.setdefault(path, {})[method.lower()] = _operation(path)
    for (method, path), schema in _bodies(folder).items():
        if operation := paths.get(path, {}).get(method.lower()):
            content = {"application/json": {"schema": schema}}
            operation["requestBody"] = {"required": True, "content": content}
            if headers := schema.pop("x-parameters", []):
                operation["parameters"] = [*operation.get("parameters", []), *headers]
    return {
        "openapi": "3.1.0",
        "info": {"title": stage.name, "version": stage.inputs["stageName"]},
        "servers": [{"url": graph.exports[export]}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": {"Problem": _PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _routes(graph: Graph, api: str) -> Iterable[tuple[str, str]]:
    """Yield path and method of every route; preflight requests are between browser and API."""
    parts = {
        one.id: (one.inputs["parentId"], one.inputs["pathPart"])
        for one in graph.of("aws:apigateway/resource:Resource")
        if one.inputs["restApi"] == api
    }
    for method in graph.of("aws:apigateway/method:Method"):
        if method.inputs["restApi"] == api and method.inputs["httpMethod"] != "OPTIONS":
            yield _path(parts, method.inputs["resourceId"]), method.inputs["httpMethod"]


def _path(parts: Mapping[str, tuple[str, str]], resource: str) -> str:
    if resource not in parts:
        return ""  # the root
    parent, part = parts[resource]
    return f"{_path(parts, parent)}/{part}"


def _operation(path: str) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]
    return {"responses": _RESPONSES} | ({"parameters": parameters} if parameters else {})


def _bodies(folder: Path) -> dict[tuple[str, str], dict[str, Any]]:
    visible = [each for each in folder.iterdir() if each.is_dir() and each.name[0] != "."]
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for file in sorted(each for top in visible for each in top.rglob("*.schema.json")):
        schema: dict[str, Any] = json.loads(file.read_text())
        if match := _BODY.match(schema.get("description", "")):
            # Draft 4 says so itself; what these files use means the same in OpenAPI's draft.
            found[match[1], match[2]] = {k: v for k, v in schema.items() if k != "$schema"}
    return found
