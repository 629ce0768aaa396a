"""Where a stack is on this machine, as far as nobody says otherwise."""

from pathlib import Path

from rampart_local.stack import Stack

REGION = "eu-central-1"
"""Where a stack is that names no region."""


def state_folder_of(stack: Stack, given: Path | None) -> Path:
    """Return where a stack keeps what it keeps between runs."""
    return (given or stack.folder / ".rampart" / stack.name).resolve()
