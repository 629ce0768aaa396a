"""A second evaluator of policy documents, written from AWS's pages alone.

It shares no line with the one in the pack: it works on plain JSON, answers only whole documents
without unknowns, and is written for reading, not for speed. Pages: reference_policies_grammar,
..._elements_condition_operators, ..._multi-value-conditions, ..._evaluation-logic.
"""

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

Json = dict[str, Any]
Name = tuple[str, str]
"""(kind, value) of a principal."""


def allowed(document: Json, request: Json) -> bool:
    """Whether a document by itself allows a request: some Allow, and no Deny."""
    effects = {one["Effect"] for one in listed(document["Statement"]) if matches(one, request)}
    return effects == {"Allow"}


def decision(request: Json, documents: dict[str, Any]) -> bool:
    """Whether the documents in force together allow a request.

    `documents` has `identity` and `resource` documents, maybe a `boundary` and a `session`, and
    `other_account`. A request has the names of its caller, and of exactly this session.
    """
    everything = [documents[key] for key in ("identity", "resource", "boundary", "session")]
    for document in everything:
        if document and any(
            one["Effect"] == "Deny" and matches(one, request)
            for one in listed(document["Statement"])
        ):
            return False

    def grants(document: Json | None, names: list[Name] | None = None) -> bool:
        return document is not None and any(
            one["Effect"] == "Allow"
            and matches(one, request)
            and (names is None or any(name in said(one.get("Principal")) for name in names))
            for one in listed(document["Statement"])
        )

    within = all(grants(documents[limit]) for limit in ("boundary", "session") if documents[limit])
    if documents["other_account"]:
        return grants(documents["resource"]) and grants(documents["identity"]) and within
    if grants(documents["resource"], request["session"]):
        return True
    return within and (grants(documents["resource"]) or grants(documents["identity"]))


def matches(statement: Json, request: Json) -> bool:
    """Whether a statement speaks of a request."""
    caller = [*request["caller"], *request["session"]]
    action, resource = request["action"].lower(), request["resource"]
    context = {key.lower(): value for key, value in request["context"].items()}

    def included(element: str, test: Any) -> bool:  # noqa: ANN401  # a function
        """Whether an element includes the request, or its opposite does not."""
        if element in statement:
            return any(map(test, entries(statement[element], element)))
        return not any(map(test, entries(statement.get(f"Not{element}", []), element)))

    return (
        included("Principal", lambda one: is_called(caller, one))
        and included("Action", lambda one: like(one.lower(), action))
        and included("Resource", lambda one: like(one, resource))
        and all(
            passes(operator, context.get(key.lower()), listed(wanted))
            for operator, tests in statement.get("Condition", {}).items()
            for key, wanted in tests.items()
        )
    )


def entries(value: Any, element: str) -> list[Any]:  # noqa: ANN401  # any JSON
    return said(value) if element == "Principal" else listed(value)


def said(principal: Any) -> list[Name]:  # noqa: ANN401  # any JSON
    if principal in (None, []):
        return []
    if isinstance(principal, str):
        return [("AWS", principal)]
    return [(kind, name) for kind, names in principal.items() for name in listed(names)]


def is_called(caller: list[Name], principal: Name) -> bool:
    kind, name = principal
    if name != "*":
        return principal in caller
    return kind in {"AWS", "CanonicalUser", "*"} or kind in {one for one, _ in caller}


def passes(operator: str, values: list[str] | None, wanted: list[str]) -> bool:
    """Whether one key's values pass; no values and an absent key are the same."""
    name = operator.lower()
    present = bool(values)
    if name == "null":
        return any((one.lower() == "true") != present for one in wanted)
    quantifier, _, plain = name.rpartition(":")
    base = plain.removesuffix("ifexists")
    if not present:
        if base != plain:
            return True
        return {"": "not" in base, "forallvalues": True, "foranyvalue": False}[quantifier]
    assert values is not None
    table = [[compared(base, one, value) for one in wanted] for value in values]
    rows = [not any(row) if "not" in base else any(row) for row in table]
    return any(rows) if quantifier == "foranyvalue" else all(rows)


def compared(base: str, wanted: str, value: str) -> bool:
    """Compare without the negation."""
    positive = base.replace("not", "")
    for family, read in (("numeric", number), ("date", moment)):
        if positive.startswith(family):
            return ordered(positive.removeprefix(family), read(value), read(wanted))
    return {
        "stringequals": lambda: wanted == value,
        "binaryequals": lambda: wanted == value,
        "stringequalsignorecase": lambda: wanted.lower() == value.lower(),
        "bool": lambda: wanted.lower() == value.lower(),
        "stringlike": lambda: like(wanted, value),
        "arnlike": lambda: arn_like(wanted, value),
        "arnequals": lambda: arn_like(wanted, value),
        "ipaddress": lambda: in_range(wanted, value),
    }[positive]()


@cache
def like(pattern: str, text: str) -> bool:
    """Match by the table of all beginnings: the textbook way, without regular expressions."""
    reached = [True] + [False] * len(text)
    for char in pattern:
        if char == "*":
            first = reached.index(True) if True in reached else len(reached)
            after = [end >= first for end in range(len(text) + 1)]
        else:
            after = [False] + [
                reached[end] and (char in {"?", text[end]}) for end in range(len(text))
            ]
        reached = after
    return reached[-1]


def arn_like(pattern: str, text: str) -> bool:
    """Compare the first five parts each for themselves, and what is left."""
    wanted, has = pattern.split(":", 5), text.split(":", 5)
    if len(has) < len(wanted):
        return False
    if len(wanted) < 6:  # the last part that is there stands for the rest
        has = [*has[: len(wanted) - 1], ":".join(has[len(wanted) - 1 :])]
    return len(wanted) == len(has) and all(map(like, wanted, has))


def in_range(cidr: str, address: str) -> bool:
    base, _, length = cidr.partition("/")
    if ":" in base + address:
        return base == address  # the tests use whole IPv6 addresses only
    bits = int(length or 32)
    return as_bits(base)[:bits] == as_bits(address)[:bits]


def as_bits(address: str) -> str:
    return "".join(f"{int(part):08b}" for part in address.split("."))


def number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise AssertionError(text) from None


def moment(text: str) -> Decimal:
    if re.fullmatch(r"[\d.]+", text):
        return Decimal(text)
    return Decimal(int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z").timestamp()))


def ordered(relation: str, left: Decimal, right: Decimal) -> bool:
    return {
        "equals": left == right,
        "lessthan": left < right,
        "lessthanequals": left <= right,
        "greaterthan": left > right,
        "greaterthanequals": left >= right,
    }[relation]


def listed(value: Any) -> list[Any]:  # noqa: ANN401  # any JSON
    return value if isinstance(value, list) else [value]
