"""Policies that AWS writes: which of them let an identity raise its own privileges.

`aws_managed.tsv` has what each of them allows on resources it does not name, as far as it matters
for that (see `escalation`). Source: the policies as AWS published them in November 2026
(https://docs.aws.amazon.com/aws-managed-policy/latest/reference/).
"""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rampart_policies.iam.escalation import PASSING
from rampart_policies.iam.statement import Statement

if TYPE_CHECKING:
    from rampart_policies.values import Value

_TABLE = Path(__file__).with_name("aws_managed.tsv")
_BY_AWS = re.compile(r"arn:aws[a-z-]*:iam::aws:policy/(.+)")
_EVERYTHING = "*"


def aws_policy(arn: str) -> str | None:
    """Return the name of a policy that AWS writes, with its path; None for another policy."""
    found = _BY_AWS.fullmatch(arn)
    return found[1] if found else None


@cache
def statements_of(name: str) -> tuple[Statement, ...]:
    """Return what a policy of AWS allows that helps to raise privileges; often nothing."""
    actions, passed_to = _table().get(name, ((), ()))
    others: list[Value] = [one for one in actions if one != PASSING]
    allowed: list[dict[str, Value]] = []
    if others:
        allowed.append({"Action": others})
    if PASSING in actions:
        services: list[Value] = [f"{one}.amazonaws.com" for one in passed_to]
        somewhere: Value = {"StringEquals": {"iam:PassedToService": services}}
        anywhere = passed_to == (_EVERYTHING,)
        allowed.append({"Action": PASSING, "Condition": None if anywhere else somewhere})
    return tuple(
        Statement({"Effect": "Allow", "Sid": name, "Resource": "*", **one}, name, position)
        for position, one in enumerate(allowed)
    )


@cache
def _table() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    _, *rows = _TABLE.read_text().splitlines()
    cells = (row.split("\t") for row in rows)
    return {name: (tuple(actions.split(",")), tuple(to.split(","))) for name, actions, to in cells}
