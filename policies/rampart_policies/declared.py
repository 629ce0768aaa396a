"""What a program declares of a resource, told from what AWS fills in where it says nothing.

A property that a program may leave unset and AWS then fills in (`role.inlinePolicies`,
`queue.redrivePolicy`) is unknown in a preview, an answer of AWS after the update, and absent from
a recorded graph. Rules judge what is declared, so that they say the same of all three: such a
property counts only where the program sets it. What another resource sets (a `RolePolicy` beside
its role) is judged with that resource.

`filled_in.tsv` has these properties, as pulumi-aws tells them; a test derives them again.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rampart_policies.references import IDENTITIES
from rampart_policies.tokens import canonical
from rampart_policies.values import Value

_TABLE = Path(__file__).with_name("filled_in.tsv")


def declared(
    kind: str, inputs: Mapping[str, Value], outputs: Mapping[str, Value]
) -> dict[str, Value]:
    """Return the properties by which a resource is judged.

    Args:
        kind: the resource's type.
        inputs: what the program gives, unknown values and the provider's defaults included.
        outputs: what the provider answers: nothing, or some of it, is known in a preview.
    """
    left_out = filled_in(kind)
    answered = {key: value for key, value in outputs.items() if key not in left_out}
    return {**answered, **inputs}


def filled_in(kind: str) -> frozenset[str]:
    """Return the properties of a type that AWS fills in; not those that other resources name."""
    return _table().get(canonical(kind), frozenset())


@cache
def _table() -> dict[str, frozenset[str]]:
    _, *rows = _TABLE.read_text().splitlines()
    cells = (row.split("\t") for row in rows)
    return {kind: frozenset(keys.split(",")).difference(IDENTITIES) for kind, keys in cells}
