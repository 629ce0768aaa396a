"""Runs the `uv` that is installed beside us, not whichever is first on the PATH."""

import subprocess
from pathlib import Path

import uv

from pulumi_rampart.packaging.errors import BuildError


def run_uv(*arguments: str, folder: Path, purpose: str) -> None:
    """Run uv in a folder.

    Raises:
        BuildError: uv failed; the message carries the purpose and uv's own words.
    """
    command = [uv.find_uv_bin(), *arguments, "--quiet", "--no-progress"]
    done = subprocess.run(  # noqa: S603  # our own arguments, no shell
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        raise BuildError(f"{purpose} failed. uv says:\n{done.stderr.strip()}")
