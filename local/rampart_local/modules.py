"""Forgets the modules of a program, so that it can run again as its files say now."""

import sys
from pathlib import Path

_OURS = ("pulumi_rampart", "rampart_local")
_OTHERS = {"site-packages", "dist-packages"}


def forget_modules(folder: Path) -> None:
    """Forget what was imported from a project's folder, but installed packages and ourselves."""
    root = folder.resolve()
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file is None or name == "__main__" or name.partition(".")[0] in _OURS:
            continue
        path = Path(file)
        if path.is_relative_to(root) and not _OTHERS.intersection(path.parts):
            del sys.modules[name]
