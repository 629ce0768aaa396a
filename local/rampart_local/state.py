"""What a stack's laptop cloud holds, kept between runs so that nothing is created twice.

`state.json` names the folder with the embedded AWS's own state that it belongs to, and is written
after that folder: so both are of the same moment, whenever a process is killed.
"""

import json
import re
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_VERSION = 2
SHARED = "state"
"""Folder in `aws/` of what all generations share: functions' code. Version 1 had all there."""


class StateError(RuntimeError):
    """What an earlier run left cannot be read; nothing of it has been touched."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A resource that exists."""

    digest: str
    """Of its type and inputs."""
    id: str
    outputs: dict[str, Any]
    inputs: dict[str, Any] | None = None
    """As it was last created or changed, with files replaced by their hashes; None if an older
    version, which did not keep them, created it."""
    dependencies: list[str] = field(default_factory=list[str])
    """URNs of what it needs, its parent among them."""
    named: str = ""
    """The URN that its name in AWS was made from: another one when the resource has an alias."""
    region: str = ""
    """Where it is; empty for what has none."""
    protect: bool = False
    retain: bool = False
    """Whether it stays in AWS when it leaves the program."""

    @property
    def known_inputs(self) -> dict[str, Any]:
        """The inputs as far as they are known."""
        return self.inputs or {}


@dataclass(kw_only=True)
class State:
    """Contents of `state.json` in the stack's folder."""

    port: int | None = None
    """Of the embedded AWS; queue and API addresses contain it."""
    generation: str = ""
    """Folder of the embedded AWS's state in `aws/`; empty before the first deployment."""
    resources: dict[str, Kept] = field(default_factory=dict[str, Kept])
    """By URN, in order of creation."""
    version: int = _VERSION

    def save(self, folder: Path) -> None:
        """Write it at once or not at all; it holds secrets of the stack, so for the owner only."""
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / "state.json.draft"
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(asdict(self), indent=1))
        draft.replace(folder / "state.json")

    def next_generation(self) -> str:
        """Name the folder of the state after this one."""
        return f"{SHARED}-{int(self.generation.removeprefix(SHARED).removeprefix('-') or 0) + 1}"


def load(folder: Path) -> State:
    """Read the state; an empty one where nothing was deployed yet.

    Raises:
        StateError: it is broken or of a version that this program does not know.
    """
    file = folder / "state.json"
    if not file.exists():
        return State()
    try:
        read: dict[str, Any] = json.loads(file.read_text())
        version = read.pop("version")
        kept = {urn: Kept(**each) for urn, each in read.pop("resources").items()}
        if version == 1 and read.pop("whole"):
            read["generation"] = SHARED
        elif version != _VERSION:
            raise ValueError(f"of version {version}, or of a run that did not end in order")  # noqa: TRY301  # as what follows
        return State(resources=kept, **read)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StateError(
            f"{file} cannot be read ({error}). Nothing was changed. Restore it, or delete "
            "everything that this stack keeps here: rampart reset."
        ) from error


def move(folder: Path, generation: str, old: int, new: int) -> None:
    """Write the new port wherever the old one stands, in our state and in the embedded AWS's."""
    for file in [folder / "state.json", *(folder / "aws" / generation).glob("*.json")]:
        text = file.read_text()
        moved = re.sub(rf"\b127\.0\.0\.1:{old}\b", f"127.0.0.1:{new}", text)
        if moved != text:
            draft = file.with_suffix(".moving")
            draft.touch(mode=0o600)
            draft.write_text(moved)
            draft.replace(file)


def forget_others(folder: Path, generation: str) -> None:
    """Remove states of the embedded AWS that `state.json` does not name."""
    for each in (folder / "aws").glob("state-*"):
        if each.name != generation:
            shutil.rmtree(each)
    functions = folder / "aws" / generation / "lambda.json"
    used = functions.read_text() if functions.exists() else ""
    for each in (folder / "aws" / SHARED / "lambda-blobs").glob("*.zip"):
        if each.stem not in used:
            each.unlink()
