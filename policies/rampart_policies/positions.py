"""Where in a program's own files a resource is declared.

SDKs send the place with each registration; the engine keeps it as `sourcePosition`, relative to the
folder of Pulumi.yaml: `project:///shop/api.py#14,2` (file, line and, from some SDKs, column).
https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/source_eval.go
"""

import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import Protocol
from urllib.parse import unquote

Place = tuple[str, int]
"""(file, line): the file relative to the folder of Pulumi.yaml, the line from 1."""

_POSITION = re.compile(r"project:///(?P<file>[^#]+)#(?P<line>\d+)(?:,\d+)?")

# Where pip and npm install packages; a virtual environment often lies in the program's folder.
_INSTALLED = frozenset({"site-packages", "dist-packages", "node_modules"})


def innermost(positions: Iterable[str]) -> Place | None:
    """Return the first place in the program's own files; None where there is none.

    Args:
        positions: of a declaration and of what called it, the innermost first: a helper of a
            library declares resources for the program that calls it.
    """
    return next(filter(None, map(_place, positions)), None)


def _place(position: str) -> Place | None:
    """Read a position.

    Returns:
        None where there is none, or where it is not in a file of the program: outside its folder,
        in a package that is installed there, or where Node.js's URL of a module was taken for a
        path (`file:/...`).
    """
    found = _POSITION.fullmatch(position)
    if found is None or found["line"] == "0":
        return None
    file = unquote(found["file"])
    parts = file.split("/")
    elsewhere = ".." in parts or "file:" in parts or bool(_INSTALLED.intersection(parts))
    return None if elsewhere else (file, int(found["line"]))


class Placed(Protocol):
    """A resource, as far as its place is concerned."""

    @property
    def place(self) -> Place | None:
        """Its own place in the program's files."""
        ...

    @property
    def parent(self) -> str:
        """The URN of the component that made it; empty for none."""
        ...


def nearest(resource: Placed, resources: Mapping[str, Placed]) -> Place | None:
    """Return the place where a resource comes from.

    What a component of an installed library makes comes from where the program declares the
    component.

    Args:
        resource: the one asked about.
        resources: all of its stack, by URN.
    """
    seen: set[str] = set()
    while resource.place is None:
        if resource.parent in seen or resource.parent not in resources:
            return None
        seen.add(resource.parent)
        resource = resources[resource.parent]
    return resource.place


def inside(folder: str, place: Place | None) -> Place | None:
    """Return a place as the repository sees it, whose folder has the program."""
    return place and (posixpath.normpath(posixpath.join(folder, place[0])), place[1])


def written(place: Place | None) -> str:
    """Write a place as editors and terminals read it: `shop/api.py:14`; empty for None."""
    return f"{place[0]}:{place[1]}" if place else ""
