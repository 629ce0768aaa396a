"""A requirement that brings its own hashes keeps them in the lock."""

import re
from collections.abc import Iterable

from pulumi_rampart.packaging.errors import BuildError
from pulumi_rampart.packaging.requirements import RequirementFile, pinned

# As uv writes it: one package, then its hashes on continued lines.
_ENTRY = re.compile(r"^[^\s#-].*(?: \\\n    --hash=\S+)+$", re.MULTILINE)


def with_own_hashes(lock: str, declared: Iterable[RequirementFile], *, all_known: bool) -> str:
    """Narrow a lock's hashes to those that the requirements ask for.

    Args:
        lock: as uv wrote it.
        declared: the requirements.
        all_known: whether the lock holds the hashes of all files that there are. Of a folder of
            wheels uv reads only the one that it would install here.

    Raises:
        BuildError: no file of a package has such a hash, or a package has no hash at all.
    """
    for one in pinned(lock):
        if not one.hashes:
            raise BuildError(
                f"{one.text} has no hash, so nobody could tell when it is replaced by something "
                "else. Use a wheel of it."
            )
    own: dict[str, set[str]] = {}
    for file in declared:
        for one in file.requirements:
            own.setdefault(one.name, set()).update(one.hashes)
    return _ENTRY.sub(lambda entry: _narrowed(entry[0], own, all_known=all_known), lock)


def _narrowed(entry: str, own: dict[str, set[str]], *, all_known: bool) -> str:
    (one,) = pinned(entry)
    asked = sorted(own.get(one.name, ()))
    if not asked:
        return entry
    # Those of other kinds than SHA-256 are not known here; the installer checks them.
    kept = [
        value
        for value in asked
        if value in one.hashes or not (all_known and value.startswith("sha256:"))
    ]
    if not kept:
        raise BuildError(
            f"{one.text} has no file with {', '.join(asked)}, the hash that the requirements ask "
            f"for; its files have {', '.join(one.hashes)}. Is it the package that was meant?"
        )
    return one.text + "".join(f" \\\n    --hash={value}" for value in kept)
