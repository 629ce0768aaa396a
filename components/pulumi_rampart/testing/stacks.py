"""Other stacks whose outputs a program reads with `StackReference`."""

from collections.abc import Mapping
from typing import Any

from pulumi_rampart.testing.wire import holds_secret

STACK_REFERENCE = "pulumi:pulumi:StackReference"

StackReferences = Mapping[str, Mapping[str, Any]]


class StackReferenceError(LookupError):
    """A program reads outputs of a stack that the recording was not given."""


class OtherStacks:
    """The outputs of other stacks, by the stacks' names.

    Args:
        given: `{"organization/project/stack": {"output": value}}`; secret ones as `secret(value)`.
        project: of the program, for references that name a stack only.
    """

    def __init__(self, given: StackReferences, *, project: str) -> None:
        self._given, self._project = given, project

    def outputs(self, name: str) -> dict[str, Any]:
        """Return what the engine answers about a stack.

        Args:
            name: `organization/project/stack`, `project/stack` or `stack`, of the same organization
                and project then.

        Raises:
            StackReferenceError: it is not among those given.
        """
        wanted = self._full(name)
        for key, values in self._given.items():
            if self._full(key) == wanted:
                outputs = dict(values)
                secrets = sorted(each for each in outputs if holds_secret(outputs[each]))
                return {"name": name, "outputs": outputs, "secretOutputNames": secrets}
        raise StackReferenceError(
            f"The program reads outputs of stack {name!r}, which nobody gave; given are "
            f"{sorted(self._given)}. Pass record(..., stack_references={{{name!r}: "
            '{"output": "value"}}), or `--stack-references FILE` to the command.'
        )

    def _full(self, name: str) -> str:
        parts = name.split("/")
        return "/".join([*["organization", self._project][: 3 - len(parts)], *parts])
