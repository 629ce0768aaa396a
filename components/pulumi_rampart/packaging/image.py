"""A tag for an image that changes whenever pulumi-docker would build and push it again."""

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pulumi_rampart.packaging.dockerignore import Ignored, ignored_by
from pulumi_rampart.packaging.errors import SourceError
from pulumi_rampart.packaging.target import Architecture
from pulumi_rampart.packaging.tree import absolute

_LINKS_IN_A_ROW = 255


@dataclass(frozen=True)
class ImageSource:
    """What `docker build --file DOCKERFILE ROOT` reads.

    Attributes:
        root: the build context, absolute or relative to the working directory.
        dockerfile: the Dockerfile, absolute or relative to the root.
    """

    root: Path
    dockerfile: Path

    @property
    def context(self) -> Path:
        """The build context, relative to the working directory where it lies in it.

        So that it is written the same on every machine.
        """
        return _from_here(self.root)

    @property
    def file(self) -> Path:
        """The Dockerfile, relative to the working directory where it lies in it."""
        return _from_here(self.root / self.dockerfile)


def image_digest(source: ImageSource, architecture: Architecture = "arm64") -> str:
    """Hash the architecture, where context and Dockerfile lie, and all that the builder is sent.

    Raises:
        SourceError: there is no Dockerfile, an ignore file is malformed, a link leads nowhere, or
            something cannot be sent.
    """
    words = (architecture, source.context.as_posix(), source.file.as_posix())
    return hashlib.sha256("\0".join((*words, context_digest(source))).encode()).hexdigest()


def context_digest(source: ImageSource) -> str:
    """Hash the Dockerfile and the context without what is ignored, exactly as pulumi-docker does.

    It builds and pushes again when this hash changes (`hashContext` in
    https://github.com/pulumi/pulumi-docker/blob/master/provider/provider.go): names, contents and
    modes of files, and where links lead. A tag made of less would be pushed twice, which an
    immutable repository refuses.

    Raises:
        SourceError: as for `image_digest`.
    """
    context, dockerfile = source.context, source.file
    if not dockerfile.is_file():
        raise SourceError(f"There is no {absolute(dockerfile)}.")
    total = hashlib.sha256()
    total.update(b"Dockerfile" + b"----------" + _sha256(dockerfile) + b"\0")
    for name in sent(source):
        path = context / name
        mode = path.lstat().st_mode
        total.update(os.fsencode(name) + _mode(mode).encode() + _content(path, mode) + b"\0")
    return total.hexdigest()


def sent(source: ImageSource) -> Iterator[str]:
    """List the names below the context that the builder is sent, sorted; folders have none.

    Raises:
        SourceError: an ignore file is malformed.
    """
    return _sent(source.context, "", ignored_by(source.file, source.context), ())


def _sent(context: Path, prefix: str, ignored: Ignored, above: Sequence[bool]) -> Iterator[str]:
    for entry in sorted(os.scandir(context / prefix), key=lambda one: os.fsencode(one.name)):
        name = f"{prefix}{entry.name}"
        left_out, matched = ignored.verdict(name, above)
        if entry.is_dir(follow_symlinks=False):
            if not (left_out and ignored.all_in(name)):
                yield from _sent(context, f"{name}/", ignored, matched)
        elif not left_out:
            yield name


def _content(path: Path, mode: int) -> bytes:
    if stat.S_ISLNK(mode):
        return hashlib.sha256(os.fsencode(_link_target(path))).digest()
    if stat.S_ISREG(mode):
        return _sha256(path)
    if stat.S_ISSOCK(mode):
        raise SourceError(f"{path} is a socket, which cannot be sent. Ignore or remove it.")
    # A pipe or a device: reading it might never end.
    return hashlib.sha256().digest()


def _sha256(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _mode(mode: int) -> str:
    """Write a mode as Go does, whose first letters differ from those of `ls`."""
    kinds = (
        ("L", stat.S_ISLNK(mode)),
        ("D", stat.S_ISBLK(mode) or stat.S_ISCHR(mode)),
        ("p", stat.S_ISFIFO(mode)),
        ("u", mode & stat.S_ISUID),
        ("g", mode & stat.S_ISGID),
        ("c", stat.S_ISCHR(mode)),
        ("t", mode & stat.S_ISVTX),
    )
    letters = "".join(letter for letter, holds in kinds if holds) or "-"
    bits = (mode >> place & 1 for place in range(8, -1, -1))
    return letters + "".join(
        letter if bit else "-" for letter, bit in zip("rwxrwxrwx", bits, strict=True)
    )


def _link_target(link: Path) -> str:
    """Follow a link to its end, and keep a relative path relative, as Go's EvalSymlinks does.

    Raises:
        SourceError: it leads nowhere or in a circle.
    """
    waiting, done = [*link.parts], Path()
    for _ in range(_LINKS_IN_A_ROW):
        while waiting and not (done / waiting[0]).is_symlink():
            done /= waiting.pop(0)
        if not waiting:
            break
        step = (done / waiting.pop(0)).readlink()
        done, waiting = Path() if step.is_absolute() else done, [*step.parts, *waiting]
    end = os.path.normpath(done)
    if waiting or not os.path.lexists(end):
        raise SourceError(f"{link} is a link that leads nowhere. Mend, ignore or remove it.")
    return end


def _from_here(path: Path) -> Path:
    here, whole = Path.cwd(), absolute(path)
    return whole.relative_to(here) if whole.is_relative_to(here) else whole
