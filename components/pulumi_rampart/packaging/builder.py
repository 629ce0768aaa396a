"""Who builds: a component asks `archive()`, and whoever runs the program decides what that does."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pulumi_rampart.packaging.image import ImageSource, image_digest
from pulumi_rampart.packaging.recipe import Archive, build
from pulumi_rampart.packaging.source import ZipSource
from pulumi_rampart.packaging.target import Architecture, Target

_TAG_LENGTH = 16


class Builder(Protocol):
    """Answers what the components ask while a program runs."""

    def archive(self, source: ZipSource, target: Target) -> Archive:
        """Return the zip of a function."""
        ...

    def image_tag(self, source: ImageSource, architecture: Architecture) -> str:
        """Return the tag of an image function's image."""
        ...


@dataclass(frozen=True)
class _Deployment:
    """Builds for the target that the program asks for, into the project's cache."""

    def archive(self, source: ZipSource, target: Target) -> Archive:
        return build(source, target, source.root / ".rampart" / "packages")

    def image_tag(self, source: ImageSource, architecture: Architecture) -> str:
        return image_digest(source, architecture)[:_TAG_LENGTH]


@dataclass(frozen=True)
class _Into(_Deployment):
    cache: Path
    target: Target | None

    def archive(self, source: ZipSource, target: Target) -> Archive:
        return build(source, self.target or target, self.cache)


@dataclass(frozen=True)
class _Described:
    def archive(self, source: ZipSource, target: Target) -> Archive:  # noqa: ARG002  # of the protocol
        return Archive(Path("unbuilt") / f"{source.label}.zip", "unbuilt")

    def image_tag(self, source: ImageSource, architecture: Architecture) -> str:  # noqa: ARG002  # of the protocol
        return "unbuilt"


described: Builder = _Described()
"""Reads and builds nothing, so that a recorded program is the same before and after every edit."""


def into(cache: Path, target: Target | None = None) -> Builder:
    """Build into a folder of the caller's; with a target, for that one instead of the one asked."""
    return _Into(cache, target)


DESCRIBED_VARIABLE = "RAMPART_PACKAGING_DESCRIBED"
"""Environment variable under which a program in a process of its own builds nothing either."""

_DEPLOYMENT: Builder = _Deployment()
_in_force: ContextVar[Builder] = ContextVar(
    "packaging_builder", default=described if DESCRIBED_VARIABLE in os.environ else _DEPLOYMENT
)


@contextmanager
def using(builder: Builder) -> Generator[None]:
    """Let this builder answer inside the block."""
    token = _in_force.set(builder)
    try:
        yield
    finally:
        _in_force.reset(token)


def archive(source: ZipSource, target: Target) -> Archive:
    """Ask the builder in force for a function's zip; by default it is built for the target.

    Raises:
        PackagingError: see `build`.
    """
    return _in_force.get().archive(source, target)


def image_tag(source: ImageSource, architecture: Architecture = "arm64") -> str:
    """Return sixteen hex digits of `image_digest`, or "unbuilt" where nothing is built.

    Raises:
        SourceError: see `image_digest`.
    """
    return _in_force.get().image_tag(source, architecture)
