"""Where in the program's source files a resource is declared."""

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from pulumi.runtime.proto import source_pb2


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
    # The URI's escapes stay, so the folder needs the same ones.
    relative = os.path.relpath(path, urlsplit(folder.as_uri()).path)
    column = f",{given.column}" if given.column else ""
    return urlunsplit(
        ("project", "", f"///{Path(relative).as_posix()}", "", f"{given.line}{column}")
    )
