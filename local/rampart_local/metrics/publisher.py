"""Takes metrics from any thread and stores them where ministack's CloudWatch reads them."""

import time
from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any, cast

from rampart_local.metrics.insights import Query
from rampart_local.metrics.series import Datum, Metric, Point, Range, Series, series

_KEPT_SECONDS = 3 * 24 * 3600
"""Alarms look back a day at most; CloudWatch itself keeps minutes for 15 days."""
Scope = tuple[str, str]
"""Account and region."""


class Publisher:
    """What has been published; only `put` may be called outside the server's loop."""

    def __init__(self) -> None:
        self._inbox: deque[tuple[Scope, Datum]] = deque()
        # Untyped, both; and ministack reads its settings at import.
        self._cloudwatch = cast("Any", import_module("ministack.services.cloudwatch"))
        self._responses = cast("Any", import_module("ministack.core.responses"))
        self._pruned = 0.0

    def put(self, datum: Datum, scope: Scope | None = None) -> None:
        """Publish one value, in the region of the request under way unless a scope is given."""
        now = datum if datum.at else replace(datum, at=time.time())
        place = scope or (self._responses.get_account_id(), self._responses.get_region())
        self._inbox.append((place, now))

    def store(self) -> bool:
        """Store what was put; return whether that was anything."""
        if not self._inbox:
            return False
        while self._inbox:
            scope, datum = self._inbox.popleft()
            key = self._key(datum.namespace, datum.name, datum.dimensions)
            self._points.setdefault((*scope, key), []).append(
                {
                    "Timestamp": datum.at,
                    "Value": float(datum.value),
                    "Unit": datum.unit,
                    "Dimensions": dict(datum.dimensions),
                }
            )
        self._prune(time.time())
        return True

    def in_scope(self, scope: Scope) -> "Published":
        """Return what one account has in one region."""
        return Published(self, scope)

    def of(self, scope: Scope, metric: Metric) -> list[Point]:
        """Return the points of a metric."""
        key = self._key(metric.namespace, metric.name, dict(metric.dimensions))
        return self._points.get((*scope, key), [])

    def taken(self, scope: Scope, query: Query) -> list[Point]:
        """Return the points of all metrics that a query takes."""
        found: list[Point] = []
        for (account, region, key), points in self._points.items():
            if (account, region) == scope and points:
                namespace, name, _ = key
                dimensions = tuple(sorted(points[0]["Dimensions"].items()))
                if query.takes(Metric(namespace=namespace, name=name, dimensions=dimensions)):
                    found += points
        return found

    def statistic(self, points: list[Point], stat: str) -> float | None:
        """Compute a statistic as ministack's own answers do."""
        return self._cloudwatch._stat_value(  # noqa: SLF001  # as above
            self._cloudwatch._calc_stats(points),  # noqa: SLF001  # its only seam
            stat,
            points,
        )

    @property
    def _points(self) -> dict[tuple[str, str, Any], list[Point]]:
        return self._cloudwatch._metrics._data  # noqa: SLF001  # its only seam

    def _key(
        self, namespace: str, name: str, dimensions: Mapping[str, str]
    ) -> tuple[str, str, str]:
        return namespace, name, self._cloudwatch._dims_key(dict(dimensions))  # noqa: SLF001  # as above

    def _prune(self, now: float) -> None:
        if now - self._pruned < 60:  # noqa: PLR2004  # once a minute is enough
            return
        self._pruned = now
        for key, points in list(self._points.items()):
            kept = [each for each in points if each["Timestamp"] > now - _KEPT_SECONDS]
            if kept:
                self._points[key] = kept
            else:
                del self._points[key]


class Published:
    """The metrics of one account and region, as alarms read them."""

    def __init__(self, publisher: Publisher, scope: Scope) -> None:
        self._publisher, self._scope = publisher, scope

    def read(self, metric: Metric, stat: str, span: Range, unit: str | None) -> Series:
        """Return a metric's values."""
        points = self._publisher.of(self._scope, metric)
        return series(points, stat, span, self._publisher.statistic, unit)

    def select(self, query: Query, span: Range) -> Series:
        """Return the values of all metrics that a query takes, together."""
        points = self._publisher.taken(self._scope, query)
        return series(points, query.statistic, span, self._publisher.statistic)
