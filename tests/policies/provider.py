"""The types of pulumi-aws and their properties, read from the package's own sources.

`python -m tests.policies.provider` writes the table of what AWS fills in.
"""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pulumi_aws

from rampart_policies.unjudged import known_types

_TOKEN = re.compile(r'@pulumi\.type_token\("(?P<token>[^"]+)"\)')
_PROPERTY = re.compile(
    r'@pulumi\.getter(?:\(name="(?P<wire>\w+)"\))?\n'
    r'(?:    @_utilities\.deprecated\("""(?:[^"]|"(?!""))*"""\)\n)?'
    r"    def (?P<python>\w+)\(self\) -> pulumi\.(?:Input|Output)\[(?P<type>.*)\]:\n"
)


@dataclass(frozen=True)
class ProviderType:
    """One type of resource: property (as on the wire) -> its type as Python source."""

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]

    @property
    def filled_in(self) -> frozenset[str]:
        """What a program may leave unset and AWS then fills in: unknown in every preview.

        The provider says so by an input that is optional and an output that is not.
        """
        return frozenset(
            key
            for key, kind in self.inputs.items()
            if kind.startswith("Optional[")
            and not self.outputs.get(key, "Optional[").startswith("Optional[")
        )


@cache
def provider_types() -> dict[str, ProviderType]:
    """Read every type of the installed pulumi-aws by its token: about 1,600 of them."""
    found: dict[str, ProviderType] = {}
    for file in sorted(Path(pulumi_aws.__file__).parent.rglob("*.py")):
        source = file.read_text()
        declared = _TOKEN.search(source)
        if declared is None or "class _" not in source:
            continue
        arguments = source[: source.find("@pulumi.input_type\nclass _")]
        found[declared["token"]] = ProviderType(
            _properties(arguments), _properties(source[declared.end() :])
        )
    return found


def _properties(source: str) -> dict[str, str]:
    return {one["wire"] or one["python"]: one["type"] for one in _PROPERTY.finditer(source)}


def filled_in_table() -> str:
    """Write policies/rampart_policies/filled_in.tsv: what AWS fills in, of the types rules know."""
    rows = [
        f"{token}\t{','.join(sorted(one.filled_in))}"
        for token, one in sorted(provider_types().items())
        if token in known_types() and one.filled_in
    ]
    return "\n".join(["type\tproperties", *rows, ""])


if __name__ == "__main__":
    sys.stdout.write(filled_in_table())
