"""Makes small wheels, so that most of packaging is tried without a package registry."""

import base64
import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

_REGULAR_FILE = 0o100000


def write_wheel(
    folder: Path,
    name: str,
    files: Mapping[str, str | bytes],
    *,
    version: str = "1.0",
    executables: tuple[str, ...] = (),
) -> Path:
    """Write a wheel for any platform with these files, beside what every wheel has."""
    notes = f"{name}-{version}.dist-info"
    contents = {
        **files,
        f"{notes}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{notes}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    raw = {
        path: text if isinstance(text, bytes) else text.encode() for path, text in contents.items()
    }
    record = "".join(f"{path},sha256={_hash(data)},{len(data)}\n" for path, data in raw.items())
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, data in {
            **raw,
            f"{notes}/RECORD": f"{record}{notes}/RECORD,,\n".encode(),
        }.items():
            entry = zipfile.ZipInfo(path)
            entry.external_attr = (_REGULAR_FILE | (0o755 if path in executables else 0o644)) << 16
            archive.writestr(entry, data)
    return wheel


def write_index(folder: Path, name: str, wheels: Mapping[str, Path]) -> str:
    """Write a package index with files of one package, each with its hash; returns its address."""
    page = folder / name / "index.html"
    page.parent.mkdir(parents=True)
    links = ""
    for file, wheel in wheels.items():
        (page.parent / file).write_bytes(wheel.read_bytes())
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        links += f'<a href="{file}#sha256={digest}">{file}</a>\n'
    page.write_text(f"<!DOCTYPE html><html><body>{links}</body></html>")
    return folder.as_uri()


def hash_option(wheel: Path) -> str:
    """Return the wheel's hash as a requirement has it."""
    return f"--hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"


def _hash(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
