"""Reads .dockerignore as Docker, BuildKit and pulumi-docker do.

What counts is what https://github.com/moby/patternmatcher does, which differs from .gitignore:
patterns start at the context, the last one that matches decides, `!` takes back what is in an
ignored folder, and what matched a folder matches all in it.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pulumi_rampart.packaging.dependency_files import read_text
from pulumi_rampart.packaging.errors import SourceError

# What has a meaning in regular expressions and none in patterns. `|` is not among them: Docker
# forgets it, so that beside a wildcard it means "or".
_PLAIN = frozenset(".+(){}$")
_SPECIAL = frozenset("*?[]\\")
# A pattern that takes back with one of these may do so in any folder.
_WILD = _SPECIAL | {"^"}


@dataclass(frozen=True)
class Pattern:
    """One line.

    Attributes:
        text: without `!`.
        takes_back: whether it started with `!`.
    """

    text: str
    takes_back: bool

    def matches(self, name: str) -> bool:
        """Whether it matches this very name; folders above are the caller's."""
        return bool(self._expression.search(name))

    def may_match_in(self, folder: str) -> bool:
        """Whether it could match something in the folder, as far as its plain start tells."""
        start = self.text.removesuffix("/**").removesuffix("/*")
        return bool(_WILD.intersection(start)) or f"{start}/".startswith(f"{folder}/")

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return re.compile(_translated(self.text), re.ASCII)


@dataclass(frozen=True)
class Ignored:
    """What of a build context is not sent.

    Attributes:
        patterns: in the order of the file.
    """

    patterns: Sequence[Pattern] = field(default=())

    def verdict(self, name: str, above: Sequence[bool]) -> tuple[bool, list[bool]]:
        """Tell whether a name is ignored, and what to pass for the names in it.

        Args:
            name: path below the context, with slashes.
            above: what this returned for the folder it lies in; empty at the top.
        """
        ignored, matched = False, [False] * len(self.patterns)
        for place, pattern in enumerate(self.patterns):
            if above and above[place]:
                matched[place] = True
            # What would decide nothing is not asked, and so not known to what lies in the folder.
            elif pattern.takes_back == ignored:
                matched[place] = pattern.matches(name)
            if matched[place]:
                ignored = not pattern.takes_back
        return ignored, matched

    def all_in(self, folder: str) -> bool:
        """Whether no pattern can take back anything in an ignored folder."""
        return not any(
            pattern.takes_back and pattern.may_match_in(folder) for pattern in self.patterns
        )


def ignored_by(dockerfile: Path, context: Path) -> Ignored:
    """Read the Dockerfile's own ignore file or else the context's.

    https://docs.docker.com/build/concepts/context/#filename-and-location

    Raises:
        SourceError: the file is not UTF-8, or a pattern is malformed.
    """
    for path in (
        dockerfile.with_name(f"{dockerfile.name}.dockerignore"),
        context / ".dockerignore",
    ):
        if path.is_file():
            try:
                return Ignored(tuple(_patterns(read_text(path))))
            except ValueError as error:
                raise SourceError(f"{path}: {error}") from error
    return Ignored()


def _patterns(text: str) -> Iterator[Pattern]:
    for line in text.split("\n"):
        stripped = line.strip()
        if line.startswith("#") or not stripped:
            continue
        takes_back = stripped.startswith("!")
        path = _cleaned(stripped[1:].strip() if takes_back else stripped)
        if len(path) > 1:
            path = path.removeprefix("/")
        # Read once more, so that `/!name` takes back as `!name` does.
        whole = _cleaned((f"!{path}" if takes_back else path).strip())
        if whole == "!":
            raise ValueError(f"`{stripped}` takes back nothing. Remove it.")
        pattern = Pattern(whole.removeprefix("!"), whole.startswith("!"))
        try:
            pattern.matches(".")
        except re.error as error:
            raise ValueError(f"`{stripped}` is no pattern: {error}.") from error
        yield pattern


def _cleaned(path: str) -> str:
    # normpath keeps two slashes at the start, and makes a dot of nothing.
    return re.sub("^/+", "/", posixpath.normpath(path)) if path else ""


def _translated(pattern: str) -> str:
    """Return the regular expression of a pattern.

    Raises:
        re.error: it is malformed.
    """
    if not _SPECIAL.intersection(pattern):
        return f"^{re.escape(pattern)}\\Z"
    if pattern.endswith("**") and not _SPECIAL.intersection(pattern[:-2]):
        return f"^{re.escape(pattern[:-2])}"
    if pattern.startswith("**") and not _SPECIAL.intersection(pattern[2:]):
        # `**/name` is in any folder, `**name` the end of any path.
        start = "(^|/)" if pattern[2] == "/" else ""
        return f"{start}{re.escape(pattern[2:].removeprefix('/'))}\\Z"
    return f"^{''.join(_pieces(pattern))}\\Z"


def _pieces(pattern: str) -> Iterator[str]:
    place = 0
    while place < len(pattern):
        letter = pattern[place]
        if pattern.startswith("**", place):
            place += 2
            place += pattern.startswith("/", place)
            yield "(.*/)?" if place < len(pattern) else ".*"
            continue
        if letter == "[":
            end, piece = _letters(pattern, place)
            yield piece
            place = end
            continue
        if letter == "\\":
            place += 1
            yield re.escape(_escaped(pattern, place))
        elif letter in _PLAIN or letter == "]":
            yield f"\\{letter}"
        else:
            yield {"*": "[^/]*", "?": "[^/]"}.get(letter, letter)
        place += 1


def _letters(pattern: str, start: int) -> tuple[int, str]:
    """Translate a class such as `[a-z]`; returns where it ends, and its expression."""
    place = start + 1
    negated = pattern.startswith("^", place)
    place += negated
    ranges: list[str] = []
    while not (ranges and pattern.startswith("]", place)):
        place, low = _letter(pattern, place)
        high = low
        if pattern.startswith("-", place):
            place, high = _letter(pattern, place + 1)
        ranges.append(re.escape(low) if low == high else f"{re.escape(low)}-{re.escape(high)}")
    return place + 1, f"[{'^' if negated else ''}{''.join(ranges)}]"


def _letter(pattern: str, place: int) -> tuple[int, str]:
    if pattern.startswith("\\", place):
        place += 1
        letter = _escaped(pattern, place)
    else:
        letter = pattern[place : place + 1]
        if letter in {"", "-", "]"}:
            raise re.error("a class such as [a-z] is not finished", pattern, place)
        if letter in _SPECIAL:
            raise re.error(f"Docker needs a backslash before {letter} in a class", pattern, place)
    if place + 1 >= len(pattern):
        raise re.error("a class such as [a-z] is not closed", pattern, place)
    return place + 1, letter


def _escaped(pattern: str, place: int) -> str:
    letter = pattern[place : place + 1]
    # Docker hands `\\d` on to its regular expressions, where it means any digit.
    if not letter or letter.isalnum():
        raise re.error("a backslash stands before a sign such as * or [", pattern, place)
    return letter
