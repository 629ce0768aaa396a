"""A metric's values by periods that end now."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Point = dict[str, Any]
"""As ministack stores it: `Timestamp` in seconds, `Value`, `Unit`, `Dimensions`."""
Series = tuple[float | None, ...]
"""One value a period, oldest first; None where nothing was published."""
Statistic = Callable[[list[Point], str], float | None]
"""(points of one period, a statistic such as `Sum` or `p99`) -> its value."""


@dataclass(frozen=True, kw_only=True)
class Metric:
    """Which metric of which resource."""

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...] = field(default=())
    """Sorted by name. Another set of dimensions is another metric, as in CloudWatch."""


@dataclass(frozen=True)
class Datum:
    """One value of one metric."""

    namespace: str
    name: str
    value: float
    unit: str = "Count"
    dimensions: Mapping[str, str] = field(default_factory=dict[str, str])
    at: float | None = None
    """Seconds since 1970; None for now."""


@dataclass(frozen=True, kw_only=True)
class Range:
    """The periods that are looked at."""

    period: int
    """Of each, in seconds."""
    count: int
    now: float
    """Where the last one ends. They slide, as those of CloudWatch's alarms do each minute."""


def series(
    points: Iterable[Point], stat: str, span: Range, statistic: Statistic, unit: str | None = None
) -> Series:
    """Sort points into periods and return the statistic of each.

    Args:
        points: of one metric, in any order.
        stat: e.g. `Sum`.
        span: the periods.
        statistic: computes it.
        unit: only points with this unit count; all of them without one.
    """
    found: list[list[Point]] = [[] for _ in range(span.count)]
    for point in points:
        age = int((span.now - point["Timestamp"]) // span.period)
        if 0 <= age < span.count and unit in (None, "", point.get("Unit")):
            found[span.count - 1 - age].append(point)
    return tuple(statistic(each, stat) if each else None for each in found)
