"""What holds for all requirements: one version everywhere, direct pins only, locks that belong."""

from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pulumi_rampart.packaging.lock import checked_lock, left_out
from pulumi_rampart.packaging.requirements import read_requirements

ROOT = Path(__file__).parents[2]
FUNCTIONS = sorted(file.parent for file in (ROOT / "runtime").rglob("requirements.txt"))
each_function = pytest.mark.parametrize(
    "function", FUNCTIONS, ids=[str(folder.relative_to(ROOT / "runtime")) for folder in FUNCTIONS]
)


def _requirements(*files: Path) -> list[Requirement]:
    read = (part for file in files for part in read_requirements(file))
    return [Requirement(one.text) for part in read for one in part.requirements]


def _locked(lock: Path) -> dict[str, str]:
    """Package -> version of a lock; comments, hashes and markers are left out."""
    pins = [line for line in lock.read_text().splitlines() if line[:1].isalnum()]
    named = (Requirement(pin.removesuffix("\\")) for pin in pins)
    return {canonicalize_name(one.name): str(one.specifier)[2:] for one in named}


def _exact(requirement: Requirement) -> bool:
    return [one.operator for one in requirement.specifier] == ["=="]


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_version_is_pinned(file: str) -> None:
    loose = [str(one) for one in _requirements(ROOT / file) if not _exact(one)]

    assert loose == []


def test_the_lock_belongs_to_the_requirements() -> None:
    """`make lock` was run after the last edit."""
    # given
    locked = _locked(ROOT / "requirements.lock")
    direct = _requirements(ROOT / "requirements.txt", ROOT / "requirements-dev.txt")

    # when
    other = [
        str(one)
        for one in direct
        if one.name != "torch"
        and not one.specifier.contains(locked.get(canonicalize_name(one.name), "0"))
    ]

    # then
    assert other == []


@each_function
def test_a_functions_lock_belongs_to_its_requirements(function: Path) -> None:
    """The error of a missing or stale lock names the command that mends it."""
    assert checked_lock(function) is not None


@each_function
def test_a_function_pins_what_the_laptop_runs(function: Path) -> None:
    """Otherwise the laptop proves something about other versions than those deployed."""
    # given
    here = _locked(ROOT / "requirements.lock")
    direct = _requirements(function / "requirements.txt")

    # when
    loose = [str(one) for one in direct if not _exact(one)]
    other = [
        f"{name}=={version}, but {here[name]} here"
        for name, version in _locked(function / "requirements.lock").items()
        if name in here and here[name] != version
    ]

    # then
    assert loose == []
    assert other == []


@each_function
def test_a_function_does_not_bring_what_its_runtime_has(function: Path) -> None:
    # given
    locked = _locked(function / "requirements.lock")

    # then
    assert [name for name in left_out(function) if name in locked] == []
