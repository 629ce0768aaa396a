"""Files, folders and texts that a program hands to the provider, read as the provider would."""

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

_EPOCH = (1980, 1, 1, 0, 0, 0)

Asset = dict[str, Any]
"""On the wire: {"path"}, {"text"} or, for an archive of several, {"assets": {name: asset}}."""


def content(asset: Asset) -> bytes:
    """Return a file's or text's bytes; those of a folder or an archive of assets as a zip.

    Raises:
        ValueError: the asset lies at a remote address, which the laptop does not fetch.
    """
    if "text" in asset:
        return str(asset["text"]).encode()
    if "path" in asset and Path(asset["path"]).is_file():
        return Path(asset["path"]).read_bytes()
    files = _files(asset, "")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def is_asset(value: Asset) -> bool:
    """Tell whether a wire value is one; what looks like a path and exists is taken for one."""
    if value.keys() == {"path"}:
        return Path(str(value["path"])).exists()
    return value.keys() == {"assets"}


def fingerprint(asset: Asset) -> str:
    """Hash what the asset holds, not where it lies."""
    return hashlib.sha256(content(asset)).hexdigest()


def _files(asset: Asset, prefix: str) -> dict[str, bytes]:
    if "assets" in asset:
        found: dict[str, bytes] = {}
        for name, each in asset["assets"].items():
            found |= _files(each, f"{prefix}/{name}" if prefix else name)
        return found
    if "path" not in asset:
        if "text" in asset:
            return {prefix: content(asset)}
        raise ValueError(f"only files, folders and texts can be deployed to a laptop, got {asset}")
    path = Path(asset["path"])
    if path.is_file():
        return {prefix: path.read_bytes()}
    return {
        f"{prefix}/{file.relative_to(path).as_posix()}".lstrip("/"): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.is_file()
    }
