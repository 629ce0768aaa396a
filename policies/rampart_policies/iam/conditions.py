"""Conditions of a policy statement, evaluated as IAM does.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from ipaddress import ip_address, ip_network
from typing import TypeAlias

from rampart_policies.iam.kleene import Truth, every, opposite, some
from rampart_policies.iam.wildcards import Wildcard, escaped, unescaped_variables
from rampart_policies.values import is_unknown

Context: TypeAlias = Mapping[str, tuple[str, ...] | None]
"""Key in lower case -> its values in a request, or None where they are not known; a key that is
not there is absent from the request."""

_VARIABLE = re.compile(r"\$\{([^},]+)(?:,\s*'([^']*)')?\}")


@dataclass(frozen=True)
class Test:
    """One key of a condition with its operator: the values are alternatives."""

    __test__ = False  # no test case of pytest
    operator: str
    """As written, in lower case: `foranyvalue:stringnotlikeifexists`."""
    key: str
    """In lower case, as IAM ignores its case."""
    values: tuple[str, ...]
    """What the request is compared with; may contain unknowns."""

    @cached_property
    def quantifier(self) -> str:
        """`forallvalues`, `foranyvalue` or nothing."""
        quantifier, colon, _ = self.operator.partition(":")
        return quantifier if colon else ""

    @cached_property
    def if_exists(self) -> bool:
        """Whether an absent key passes."""
        return self.operator.endswith("ifexists")

    @cached_property
    def base(self) -> str:
        """The operator without quantifier and `IfExists`."""
        return self.operator.rpartition(":")[2].removesuffix("ifexists")

    @cached_property
    def negated(self) -> bool:
        """Whether the operator asks for the opposite of its name without `not`."""
        return self.base in _NEGATED

    def holds(self, context: Context) -> Truth:
        """Whether a request passes; None where that is not known."""
        given = context.get(self.key, ())
        if given is None:
            return None
        if self.base == "null":
            return some(_is_null(value, absent=not given) for value in self.values)
        if self.base not in OPERATORS or self.quantifier not in _QUANTIFIERS:
            return None
        return self._every_value(given, context) if given else self._passes_absent()

    def _passes_absent(self) -> bool:
        if self.if_exists or self.quantifier == "forallvalues":
            return True
        return self.negated and not self.quantifier

    def _every_value(self, given: tuple[str, ...], context: Context) -> Truth:
        answers = [self._passes(value, context) for value in given]
        if self.quantifier == "forallvalues":
            return every(answers)
        if self.quantifier == "foranyvalue":
            return some(answers)
        # Undocumented: an operator for one value on a key with several.
        return answers[0] if len(set(answers)) == 1 else None

    def _passes(self, given: str, context: Context) -> Truth:
        compare = OPERATORS[self.base]
        matched = some(
            None if is_unknown(value) else compare(self, value, given, context)
            for value in self.values
        )
        return opposite(matched) if self.negated else matched

    def wildcards(self, context: Context) -> Iterator[Wildcard]:
        """Yield what a text or an ARN is compared with; unknown values are left out."""
        for value in self.values:
            known = self.base in _ON_TEXTS and not is_unknown(value)
            if known and (wildcard := self.wildcard(value, context)) is not None:
                yield wildcard

    def wildcard(self, value: str, context: Context) -> Wildcard | None:
        """Return one value as a wildcard; None where one of its variables has no known value."""
        expanded = expand(value, context)
        if not isinstance(expanded, str):
            return None
        if self.base in {"stringlike", "stringnotlike"} or self.base.startswith("arn"):
            return Wildcard(expanded, by_part=self.base.startswith("arn"))
        return Wildcard(escaped(expanded), ignores_case=self.base.endswith("ignorecase"))


def expand(text: str, context: Context) -> str | Truth:
    """Put the request's values in place of `${variables}`, as texts without wildcards.

    Returns:
        The text; None where a variable is not known; False where it has no value, so that
        nothing is equal to it.
    """
    text = unescaped_variables(text)
    if "${" not in text:
        return text
    pieces: list[str] = []
    end = 0
    for found in _VARIABLE.finditer(text):
        values = context.get(found[1].strip().lower(), ())
        if values is None:
            return None
        if len(values) != 1 and found[2] is None:
            return False
        pieces += [text[end : found.start()], escaped(values[0] if values else found[2])]
        end = found.end()
    return "".join([*pieces, text[end:]])


def variables_in(text: str) -> Iterator[str]:
    """Yield the keys that a text uses as variables, in lower case."""
    if "${" in text:
        yield from (name[0].strip().lower() for name in _VARIABLE.findall(text))


def _text(test: Test, value: str, given: str, context: Context) -> Truth:
    expanded = expand(value, context)
    if not isinstance(expanded, str):
        return expanded
    wildcard = test.wildcard(value, context)
    return wildcard is not None and wildcard.matches(given)


def _boolean(_: Test, value: str, given: str, __: Context) -> Truth:
    return value.lower() == given.lower()


def _binary(_: Test, value: str, given: str, __: Context) -> Truth:
    return value == given


def _number(test: Test, value: str, given: str, _: Context) -> Truth:
    wanted, has = as_number(value), as_number(given)
    return None if wanted is None or has is None else _compared(test.base, has, wanted)


def _date(test: Test, value: str, given: str, _: Context) -> Truth:
    wanted, has = as_time(value), as_time(given)
    return None if wanted is None or has is None else _compared(test.base, has, wanted)


def _address(_: Test, value: str, given: str, __: Context) -> Truth:
    try:
        network, address = ip_network(value, strict=False), ip_address(given)
    except ValueError:
        return None
    return address.version == network.version and address in network


def _compared(operator: str, has: float, wanted: float) -> bool:
    if operator.endswith("lessthan"):
        return has < wanted
    if operator.endswith("lessthanequals"):
        return has <= wanted
    if operator.endswith("greaterthan"):
        return has > wanted
    if operator.endswith("greaterthanequals"):
        return has >= wanted
    return has == wanted


def as_number(text: str) -> float | None:
    """Return the number a text stands for, or None."""
    try:
        return float(text)
    except ValueError:
        return None


def as_time(text: str) -> float | None:
    """Return the seconds since 1970 that an ISO 8601 date or an epoch time stands for, or None."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return as_number(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def _is_null(value: str, *, absent: bool) -> Truth:
    if value.lower() not in {"true", "false"}:
        return None
    return absent == (value.lower() == "true")


_ORDERS = ("equals", "notequals", "lessthan", "lessthanequals", "greaterthan", "greaterthanequals")
_TEXT_OPERATORS = (
    *("stringequals", "stringnotequals", "stringequalsignorecase", "stringnotequalsignorecase"),
    *("stringlike", "stringnotlike", "arnequals", "arnnotequals", "arnlike", "arnnotlike"),
)
_ON_TEXTS = frozenset(_TEXT_OPERATORS)

OPERATORS: dict[str, Callable[[Test, str, str, Context], Truth]] = {
    **dict.fromkeys(_TEXT_OPERATORS, _text),
    **{f"numeric{order}": _number for order in _ORDERS},
    **{f"date{order}": _date for order in _ORDERS},
    "bool": _boolean,
    "binaryequals": _binary,
    "ipaddress": _address,
    "notipaddress": _address,
}
"""Every operator but `Null`: (test, value in the policy, value in the request, context) -> match,
before a negation is applied."""

_NEGATED = frozenset(name for name in OPERATORS if "not" in name)
_QUANTIFIERS = frozenset({"", "forallvalues", "foranyvalue"})
