"""What a stack's laptop cloud holds, kept between runs so that nothing is created twice."""

import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A resource that exists."""

    digest: str
    """Of its type and inputs."""
    id: str
    outputs: dict[str, Any]


@dataclass(kw_only=True)
class State:
    """Contents of `state.json` in the stack's folder."""

    port: int | None = None
    """Of the embedded AWS; queue and API addresses contain it."""
    whole: bool = False
    """Whether the last run ended in order: only then do cloud and state agree."""
    resources: dict[str, Kept] = field(default_factory=dict[str, Kept])
    """By URN."""
    version: int = _VERSION

    def save(self, folder: Path) -> None:
        """Write it at once or not at all; it holds secrets of the stack, so for the owner only."""
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / "state.json.draft"
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(asdict(self), indent=1, sort_keys=True))
        draft.replace(folder / "state.json")


def load(folder: Path) -> State:
    """Read the state; an absent, broken or older one is an empty one."""
    try:
        read: dict[str, Any] = json.loads((folder / "state.json").read_text())
        if read.pop("version") != _VERSION:
            return State()
        kept = {urn: Kept(**each) for urn, each in read.pop("resources").items()}
        return State(resources=kept, **read)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return State()


def move(folder: Path, old: int, new: int) -> None:
    """Write the new port wherever the old one stands, in our state and in the embedded AWS's."""
    files = [folder / "state.json", *(folder / "aws" / "state").glob("*.json")]
    for file in files:
        text = file.read_text()
        moved = re.sub(rf"\b127\.0\.0\.1:{old}\b", f"127.0.0.1:{new}", text)
        if moved != text:
            file.write_text(moved)
