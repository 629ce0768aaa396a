"""A zip whose contents determine every byte: names sorted, one date, two modes, no compression."""

import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

# The zip format knows no earlier date.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_READABLE, _EXECUTABLE = 0o644 << 16, 0o755 << 16
_OWNER_EXECUTES = 0o100


def write(files: Mapping[str, Path], path: Path) -> None:
    """Write the files under their names; what is executable stays executable."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _EXECUTABLE if _executable(files[name]) else _READABLE
            archive.writestr(entry, files[name].read_bytes())


def fingerprint(parts: Iterable[str], files: Mapping[str, Path]) -> str:
    """Hex SHA-256 of words and of what `write` would write; neither times nor order count."""
    total = hashlib.sha256()
    for part in parts:
        total.update(f"{part}\0".encode())
    for name in sorted(files):
        content = hashlib.sha256(files[name].read_bytes()).hexdigest()
        mode = "x" if _executable(files[name]) else "-"
        total.update(f"{name}\0{mode}{content}\0".encode())
    return total.hexdigest()


def _executable(file: Path) -> bool:
    """Tell whether the owner may execute it and could.

    Shares and some file systems set the bit on everything; a module without `#!` is imported only.
    """
    if not file.stat().st_mode & _OWNER_EXECUTES:
        return False
    if file.suffix != ".py":
        return True
    with file.open("rb") as content:
        return content.read(2) == b"#!"
