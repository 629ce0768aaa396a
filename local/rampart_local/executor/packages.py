"""What Lambda's Python runtime brings besides the standard library: its client and boto3."""

import re
import shutil
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

_RUNTIME = ("awslambdaric", "boto3")


def link_runtime_packages(folder: Path) -> Path:
    """Fill `folder` with links to the runtime's packages, and nothing else, and return it.

    Links cost nothing and always show the versions that are installed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _with_requirements(_RUNTIME):
        installed = distribution(name)
        for top in {PurePosixPath(file).parts[0] for file in installed.files or ()}:
            source = Path(str(installed.locate_file(top)))
            if top not in {"..", "__pycache__"} and source.exists():
                # Resolved: a link through /tmp leads nowhere in a function, whose /tmp is its own.
                (folder / top).symlink_to(source.resolve())
    return folder


def _with_requirements(names: tuple[str, ...]) -> set[str]:
    """Return the packages and everything they require, without extras."""
    found: set[str] = set()
    open_names = list(names)
    while open_names:
        name = open_names.pop()
        if name in found:
            continue
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # for another platform or Python
        found.add(name)
        open_names += [
            re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]
            for line in requires
            if "extra ==" not in line
        ]
    return found
