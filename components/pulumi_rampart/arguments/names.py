"""How long names may be and which letters they have, service by service.

A component says what its name becomes a part of (`NAMES`); the parts are counted before any child
is made, so that a name that one of them cannot carry is refused at once.
"""

import re
from collections.abc import Sequence
from typing import Any

from pulumi_rampart.arguments.error import ArgumentError, Problem
from pulumi_rampart.arguments.limits import LIMITS

Names = Sequence[tuple[str, type[Any]]]
"""Forms of names with the resource, or component, that gets each: `("{name}-role", iam.Role)`.

`{name}` is the component's own, `{prefix}` the boundary's. A form with the prefix is the physical
name; to every other one Pulumi appends a hyphen and seven random digits.
"""

# https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming
RANDOM = "-1234567"

# Pulumi's AWS provider writes these names in lower case by itself.
_LOWER_CASE = {"aws:ecr/repository:Repository", "aws:s3/bucket:Bucket"}


def check_names(name: str, prefix: object, names: Names) -> None:
    """Refuse a component's name that one of its children cannot carry.

    Args:
        name: the component's logical name.
        prefix: the boundary's; anything but a text is known only at deployment and not counted.
        names: what the name becomes a part of.

    Raises:
        ArgumentError: the service does not allow the name's length, letters or form.
    """
    known = isinstance(prefix, str)
    # Of all parts the longest decides: whoever shortens a name wants to do it once.
    most_excess, too_long = 0, ""
    for physical, type_ in physical_names(name, prefix if known else "", names):
        limit = LIMITS.get(type_)
        if limit is None:
            continue
        wrong = sorted({one for one in physical if not re.match(f"[{limit.letters}]", one)})
        if wrong:
            raise _refused(
                name, f"{limit.service} allows no {' '.join(map(repr, wrong))} in {physical!r}."
            )
        if (excess := len(physical) - limit.most) > most_excess:
            most_excess = excess
            too_long = (
                f"{limit.service} allows {limit.most} characters, and {physical!r} has "
                f"{len(physical)}; take a name that is {excess} shorter."
            )
        # Of a name whose prefix is not known yet the beginning is missing.
        if known and not re.fullmatch(limit.form, physical):
            raise _refused(
                name, f"in {limit.service} a name {limit.says}, unlike {physical!r}; take another."
            )
    if most_excess:
        raise _refused(name, too_long)


def physical_names(name: str, prefix: str, names: Names) -> list[tuple[str, str]]:
    """Return every physical name with its resource type, those of nested components included."""
    found: list[tuple[str, str]] = []
    for form, kind in names:
        full = form.format(name=name, prefix=prefix)
        nested: Names | None = getattr(kind, "NAMES", None)
        if nested is not None:
            found += physical_names(full, prefix, nested)
        else:
            type_ = str(kind.pulumi_type)
            found.append((full if "{prefix}" in form else _autonamed(full, type_), type_))
    return found


def _autonamed(name: str, type_: str) -> str:
    """Return what Pulumi makes of a logical name: random digits, in lower case where it must be."""
    return (name.lower() if type_ in _LOWER_CASE else name) + RANDOM


def _refused(name: str, text: str) -> ArgumentError:
    return ArgumentError(name, [Problem((), f"is not possible as a name: {text}")])
