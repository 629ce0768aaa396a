"""Metric math, as far as alarms of serverless programs use it.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
Operators, IF and the functions of _FUNCTIONS; another function is an ExpressionError.
"""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from rampart_local.metrics.series import Series

Value = float | Series | list[Series]
"""A number, a series, or several series (`METRICS()`, `[m1, m2]`)."""

# The grammar is that of Python's expressions but for these words.
_WORDS = [(r"&&|\bAND\b", " and "), (r"\|\||\bOR\b", " or "), (r"\^", "**")]
_ARITHMETIC: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda left, right: left / right,
    ast.Pow: math.pow,
}
_COMPARISONS: dict[type, Callable[[float, float], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class ExpressionError(ValueError):
    """An expression that cannot be evaluated here."""


def evaluate(expression: str, known: Mapping[str, Series], *, count: int, period: int) -> Series:
    """Compute an expression over series.

    Args:
        expression: e.g. `IF(requests > 20, faults / requests, 0)`.
        known: the series by their ids.
        count: how many periods each series has.
        period: of each, in seconds.

    Raises:
        ExpressionError: it cannot be read, or uses what is not known here.
    """
    text = expression
    for pattern, word in _WORDS:
        text = re.sub(pattern, word, text)
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError as error:
        raise ExpressionError(f"{expression!r} cannot be read: {error.msg}") from error
    value = _Evaluation(known, count, period).value(tree.body)
    if isinstance(value, list):
        raise ExpressionError(f"{expression!r} gives several series; an alarm takes one.")
    return value if isinstance(value, tuple) else (value,) * count


class _Evaluation:
    def __init__(self, known: Mapping[str, Series], count: int, period: int) -> None:
        self._known, self._count, self._period = known, count, period

    def value(self, node: ast.expr) -> Value:  # noqa: PLR0911  # one a form
        match node:
            case ast.Constant(value=int() | float() as number):
                return float(number)
            case ast.Name(id=name):
                if name not in self._known:
                    raise ExpressionError(f"no metric {name!r}; there are {sorted(self._known)}")
                return self._known[name]
            case ast.List(elts=elements):
                return [self._one(each) for each in elements]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._pointwise(_negative, operand)
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _ARITHMETIC:
                return self._pointwise(_ARITHMETIC[type(sign)], left, right)
            case ast.Compare(left=left, ops=[sign], comparators=[right]) if (
                type(sign) in _COMPARISONS
            ):
                return self._pointwise(_COMPARISONS[type(sign)], left, right)
            case ast.BoolOp(op=sign, values=operands):
                return self._joined(operands, decisive=isinstance(sign, ast.Or))
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in _FUNCTIONS:
                return _FUNCTIONS[name](self, arguments)
            case _:
                raise ExpressionError(
                    f"{ast.unparse(node)!r} is not evaluated here; functions: {sorted(_FUNCTIONS)}"
                )

    def _one(self, node: ast.expr) -> Series:
        value = self.value(node)
        if isinstance(value, list):
            raise ExpressionError(f"{ast.unparse(node)!r} is several series where one is needed")
        return value if isinstance(value, tuple) else (value,) * self._count

    def _pointwise(self, compute: Callable[..., float], *nodes: ast.expr) -> Series:
        """Compute each period by itself; where an operand is missing, so is the result."""
        return tuple(
            None if None in values else _computed(compute, values)
            for values in zip(*(self._one(node) for node in nodes), strict=True)
        )

    def _joined(self, nodes: list[ast.expr], *, decisive: bool) -> Series:
        """AND or OR: one decisive operand decides, whatever is missing."""
        found: list[float | None] = []
        for values in zip(*(self._one(node) for node in nodes), strict=True):
            if any(each is not None and bool(each) is decisive for each in values):
                found.append(float(decisive))
            else:
                found.append(None if None in values else float(not decisive))
        return tuple(found)

    def choose(self, nodes: list[ast.expr]) -> Series:
        condition, then, *rest = (self._one(node) for node in nodes)
        other = rest[0] if rest else (None,) * self._count
        return tuple(
            None if each is None else yes if each else no
            for each, yes, no in zip(condition, then, other, strict=True)
        )

    def fill(self, nodes: list[ast.expr]) -> Series:
        values, filling = self._one(nodes[0]), nodes[1]
        if isinstance(filling, ast.Name) and filling.id == "REPEAT":
            last: float | None = None
            found: list[float | None] = []
            for each in values:
                last = last if each is None else each
                found.append(last)
            return tuple(found)
        fills = self._one(filling)
        return tuple(
            fill if each is None else each for each, fill in zip(values, fills, strict=True)
        )

    def aggregate(self, nodes: list[ast.expr], compute: Callable[[list[float]], float]) -> Value:
        """Over several series period by period; over one series, one number."""
        value = self.value(nodes[0])
        if isinstance(value, list):
            present = [[x for x in each if x is not None] for each in zip(*value, strict=True)]
            return tuple(compute(each) if each else None for each in present)
        numbers = [x for x in self._one(nodes[0]) if x is not None]
        return compute(numbers) if numbers else (None,) * self._count

    def every(self, nodes: list[ast.expr]) -> list[Series]:
        wanted = str(nodes[0].value) if nodes and isinstance(nodes[0], ast.Constant) else ""
        return [each for name, each in self._known.items() if wanted in name]

    def differences(self, nodes: list[ast.expr], divisor: float) -> Series:
        return (
            None,
            *(
                None if before is None or now is None else (now - before) / divisor
                for before, now in pairwise(self._one(nodes[0]))
            ),
        )

    def each(self, nodes: list[ast.expr], compute: Callable[[float], float]) -> Series:
        return self._pointwise(compute, nodes[0])

    @property
    def period(self) -> float:
        return float(self._period)


def _negative(value: float) -> float:
    return -value


def _computed(compute: Callable[..., float], values: tuple[Any, ...]) -> float | None:
    try:
        return float(compute(*values))
    except (ZeroDivisionError, OverflowError):
        return None


_FUNCTIONS: dict[str, Callable[[_Evaluation, list[ast.expr]], Value]] = {
    "ABS": lambda at, nodes: at.each(nodes, abs),
    "AVG": lambda at, nodes: at.aggregate(nodes, lambda found: sum(found) / len(found)),
    "CEIL": lambda at, nodes: at.each(nodes, math.ceil),
    "DIFF": lambda at, nodes: at.differences(nodes, 1.0),
    "FILL": lambda at, nodes: at.fill(nodes),
    "FLOOR": lambda at, nodes: at.each(nodes, math.floor),
    "IF": lambda at, nodes: at.choose(nodes),
    "MAX": lambda at, nodes: at.aggregate(nodes, max),
    "METRICS": lambda at, nodes: at.every(nodes),
    "MIN": lambda at, nodes: at.aggregate(nodes, min),
    "PERIOD": lambda at, _: at.period,
    "RATE": lambda at, nodes: at.differences(nodes, at.period),
    "SUM": lambda at, nodes: at.aggregate(nodes, sum),
}
