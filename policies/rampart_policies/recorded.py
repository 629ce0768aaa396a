"""States of a stack as a graph of this pack: recorded, previewed or deployed.

That is the JSON of `rampart graph`, of `pulumi preview --json`, or of `pulumi stack export`.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rampart_policies.declared import declared
from rampart_policies.graph import Graph, Resource
from rampart_policies.shape import checked
from rampart_policies.states import as_recorded
from rampart_policies.wire import masked

if TYPE_CHECKING:
    from rampart_policies.values import Value


STDIN = Path("-")


class GraphError(Exception):
    """The graph cannot be read, or the program that should give it failed."""


def read(path: Path, folder: str = "") -> Graph:
    """Read a state from a file, or from stdin where the path is `-`.

    Args:
        path: the file.
        folder: where Pulumi.yaml lies in the repository.

    Raises:
        GraphError: the file is missing, or none of the three.
    """
    try:
        text = sys.stdin.read() if path == STDIN else path.read_text()
        return from_json(json.loads(text), folder)
    except (OSError, ValueError) as error:
        raise GraphError(f"{path} is not a recorded graph: {error}") from error
    except RecursionError as error:
        raise GraphError(f"{path} is not a recorded graph: nested without end") from error


def of_stack(stack: str, folder: str = "") -> Graph:
    """Record the program in the current folder for a stack, without cloud or CLI.

    Args:
        stack: whose configuration to take.
        folder: where Pulumi.yaml lies in the repository.

    Raises:
        GraphError: the program failed; the message is what it wrote.
    """
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "graph.json"
        command = [
            sys.executable,
            "-m",
            "rampart_local",
            "graph",
            "--stack",
            stack,
            "--json",
            str(file),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own interpreter and module
        if done.returncode != 0:
            raise GraphError(f"recording stack {stack} failed:\n{done.stderr.strip()}")
        return read(file, folder)


def from_json(content: object, folder: str = "") -> Graph:
    """Take the resources of a recorded graph, a preview or an export.

    Raises:
        ShapeError: it is none; the message names the place.
    """
    return Graph((_resource(one) for one in checked(as_recorded(content))), folder)


def _resource(one: dict[str, Any]) -> Resource:
    inputs, outputs = masked(one["inputs"]), masked(one["outputs"])
    fields: dict[str, Value] = (
        {**outputs, **inputs}  # only read: the program declares nothing of it
        if one["external"]
        else declared(one["type"], inputs, outputs)
    )
    if one["id"]:
        fields.setdefault("id", one["id"])
    return Resource(
        one["urn"],
        one["type"],
        fields,
        parent=one["parent"],
        dependencies=one["dependencies"],
        property_dependencies=one["property_dependencies"],
        custom=one["custom"],
        external=one["external"],
        positions=(one["source_position"], *one["stack_trace"]),
    )
