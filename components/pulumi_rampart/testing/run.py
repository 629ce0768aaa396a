"""What a recording is of: the stack, its configuration, and whether it is a preview."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ORGANIZATION = "organization"  # what the CLI says where there are no organizations
PARALLEL = 16  # registrations at a time, the CLI's own default


@dataclass(frozen=True, kw_only=True)
class Run:
    """One evaluation of a program."""

    project: str
    stack: str
    preview: bool
    config: Mapping[str, str] = field(default_factory=dict[str, str])
    """Values by full key (`aws:region`)."""
    secret_keys: frozenset[str] = frozenset()
    """Keys of `config` whose values are secret."""
    folder: Path = field(default_factory=Path.cwd)
    """Where Pulumi.yaml lies, an absolute path; positions in source files are relative to it."""

    @property
    def root(self) -> str:
        """The URN of the stack's own resource."""
        name = f"{self.project}-{self.stack}"
        return f"urn:pulumi:{self.stack}::{self.project}::{STACK}::{name}"

    def urn(self, parent: str, type_: str, name: str) -> str:
        """Name a resource as the engine does: by its chain of parent types, without the stack's."""
        chain = parent.split("::")[2] if parent else ""
        qualified = type_ if chain in {"", STACK} else f"{chain}${type_}"
        return f"urn:pulumi:{self.stack}::{self.project}::{qualified}::{name}"


STACK = "pulumi:pulumi:Stack"
