"""A snapshot of what was broken in an old stack when it met the pack.

Its findings are shown and block nothing; a new one blocks. It is a file in the repository, reviewed
as waivers are, and it only shrinks: what is gone from the stack is to be gone from the file.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

FILE = Path(__file__).parent / "snapshot.json"
"""Where CrossGuard looks for one."""

Finding = tuple[str, str, str]
"""(rule id, URN, finding)."""


class SnapshotError(Exception):
    """The file is no snapshot."""


def read(path: Path) -> frozenset[Finding]:
    """Read the findings of a snapshot.

    Raises:
        SnapshotError: it is missing or of another shape.
    """
    try:
        content: Any = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise SnapshotError(f"{path} is no snapshot: {error}") from error
    rules = cast("dict[str, Any]", content).get("findings") if isinstance(content, dict) else None
    if not isinstance(rules, dict):
        raise SnapshotError(f"{path} is no snapshot: findings is missing")
    found: set[Finding] = set()
    for rule, resources in cast("dict[str, Any]", rules).items():
        if not isinstance(resources, dict):
            raise SnapshotError(f"{path} is no snapshot: findings.{rule} is no object")
        for urn, findings in cast("dict[str, Any]", resources).items():
            if not isinstance(findings, list):
                raise SnapshotError(f"{path} is no snapshot: findings.{rule}.{urn} is no list")
            found |= {(rule, urn, str(one)) for one in cast("list[Any]", findings)}
    return frozenset(found)


def write(path: Path, findings: Iterable[Finding]) -> None:
    """Write a snapshot, ordered so that a review shows what came and went."""
    content: dict[str, dict[str, list[str]]] = {}
    for rule, urn, finding in sorted(set(findings)):
        content.setdefault(rule, {}).setdefault(urn, []).append(finding)
    path.write_text(json.dumps({"findings": content}, indent=2) + "\n")
