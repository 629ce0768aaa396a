"""A tag for an image that changes exactly when what is built into it changes."""

import json
import shlex
from dataclasses import dataclass
from pathlib import Path

from pulumi_rampart.packaging.errors import SourceError
from pulumi_rampart.packaging.source import files_under, fingerprint
from pulumi_rampart.packaging.target import Architecture


@dataclass(frozen=True)
class ImageSource:
    """What `docker build --file DOCKERFILE ROOT` reads.

    Attributes:
        root: the build context.
        dockerfile: the Dockerfile, absolute or relative to the root.
    """

    root: Path
    dockerfile: Path


def image_digest(source: ImageSource, architecture: Architecture = "arm64") -> str:
    """Hash the Dockerfile, the architecture, and the files that the Dockerfile copies.

    The root's `.dockerignore` leaves out what `files_under` does: tests, bytecode, hidden files.

    Raises:
        SourceError: a copied path is missing or outside the context.
    """
    dockerfile = source.root.resolve() / source.dockerfile
    if not dockerfile.is_file():
        raise SourceError(f"There is no {dockerfile}.")
    text = dockerfile.read_text("utf-8")
    copied = files_under(source.root, _copied(text))
    return fingerprint((architecture, text), copied)


def _copied(dockerfile: str) -> list[Path]:
    """Find the context's paths that COPY and ADD name; another stage is not the context."""
    paths: list[Path] = []
    for line in dockerfile.replace("\\\n", " ").splitlines():
        instruction, _, rest = line.strip().partition(" ")
        if instruction.upper() not in {"COPY", "ADD"}:
            continue
        words = shlex.split(rest) if "[" not in rest else _words_of_a_list(rest)
        if any(word.startswith("--from=") for word in words):
            continue
        *sources, _destination = [word for word in words if not word.startswith("--")]
        paths += [Path(path) for path in sources]
    return paths


def _words_of_a_list(rest: str) -> list[str]:
    flags, _, names = rest.partition("[")
    return [*flags.split(), *json.loads(f"[{names}")]
