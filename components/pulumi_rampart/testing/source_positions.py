"""Where in the program's source files a resource is declared."""

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from pulumi.runtime.proto import source_pb2

# What a path begins with that is seen from a folder and lies outside it.
_OUTSIDE = "project:///../"

# Node.js names modules by URLs; its SDK takes them for paths in the current folder.
_TAKEN_FOR_A_PATH = "/file:/"


def position(given: source_pb2.SourcePosition, folder: Path) -> str:
    """Write the position that an SDK sends as the engine does.

    Args:
        given: a `file:` URI with a line and, from some SDKs, a column. SDKs that do not know it
            send none.
        folder: where Pulumi.yaml lies, an absolute path.

    Returns:
        `project:///shop/api.py#14` or `project:///shop/api.py#14,2`, relative to the folder; a file
        outside it begins with `/../`. Empty where the position is unknown.
        https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/source_eval.go
        (`parseSourcePosition`)
    """
    scheme, _, path, _, _ = urlsplit(given.uri)
    if scheme != "file" or not path.startswith("/") or given.line < 0 or given.column < 0:
        return ""
    if _TAKEN_FOR_A_PATH in path:
        path = "/" + path.rpartition(_TAKEN_FOR_A_PATH)[2].lstrip("/")
    # The URI's escapes stay, so the folder needs the same ones.
    relative = os.path.relpath(path, urlsplit(folder.as_uri()).path)
    column = f",{given.column}" if given.column else ""
    return urlunsplit(
        ("project", "", f"///{Path(relative).as_posix()}", "", f"{given.line}{column}")
    )


def trace(given: source_pb2.StackTrace, folder: Path) -> list[str]:
    """Write the positions of a stack trace that lie in the folder, the innermost first."""
    found = (position(frame.pc, folder) for frame in given.frames)
    return [one for one in dict.fromkeys(found) if one and not one.startswith(_OUTSIDE)]
