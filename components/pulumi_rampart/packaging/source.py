"""Which of our files go into a zip, and under which names."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pulumi_rampart.packaging.dependency_files import FOR_THE_BUILD
from pulumi_rampart.packaging.tree import absolute, files_under, name_below


@dataclass(frozen=True)
class ZipSource:
    """The files of one zip function.

    Attributes:
        root: the folder that import paths start from; files keep their path relative to it.
        source: the function's folder, with `requirements.txt` and `requirements.lock` in it.
        include: further folders or files of ours, such as `runtime/shared`. The `__init__.py` of
            all folders above come along by themselves. What an included folder's own
            `requirements.lock` names is installed too.

    Relative paths count from the root, and the root from the working directory.
    """

    root: Path
    source: Path
    include: tuple[Path, ...] = ()

    @property
    def folder(self) -> Path:
        """The function's folder, absolute."""
        return self._absolute(self.source)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders whose requirements are installed: the function's, then the included ones."""
        included = (self._absolute(path) for path in self.include)
        return (self.folder, *(path for path in included if path.is_dir()))

    @property
    def label(self) -> str:
        """The function's folder as people know it, for messages and file names."""
        return self.folder.name

    @property
    def package(self) -> str:
        """The function's folder as an import path; empty when it is the root itself.

        Raises:
            SourceError: the folder lies outside the root.
        """
        return ".".join(name_below(self.root, self.source).parts)

    def files(self) -> Mapping[str, Path]:
        """Name in the zip -> file.

        Raises:
            SourceError: a folder is missing, empty or outside the root, a link leads nowhere or in
                a circle, or a name is not UTF-8.
        """
        folders = [name_below(self.root, path) for path in (self.source, *self.include)]
        for_the_build = {(folder / name).as_posix() for folder in folders for name in FOR_THE_BUILD}
        found = files_under(self.root, (self.source, *self.include))
        return {name: file for name, file in found.items() if name not in for_the_build}

    def _absolute(self, path: Path) -> Path:
        return absolute(self.root / path)
