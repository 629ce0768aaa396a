"""Metrics Insights queries, as alarms have them: one series, chosen by schema and dimensions.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
GROUP BY, ORDER BY and OR are not evaluated here.
"""

import re
from dataclasses import dataclass

from rampart_local.metrics.expressions import ExpressionError
from rampart_local.metrics.series import Metric

_QUERY = re.compile(
    r"""\s*SELECT\s+(?P<statistic>\w+)\(\s*"?(?P<metric>[\w./-]+)"?\s*\)\s+
    FROM\s+(?:SCHEMA\(\s*"?(?P<schema>[\w./-]+)"?\s*(?P<dimensions>(?:,\s*"?[\w.-]+"?\s*)*)\)
    |"?(?P<namespace>[\w./-]+)"?)
    (?:\s+WHERE\s+(?P<conditions>.+?))?\s*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"""\s*"?([\w.-]+)"?\s*(=|!=)\s*'([^']*)'\s*""")
_STATISTICS = {
    "AVG": "Average",
    "COUNT": "SampleCount",
    "MAX": "Maximum",
    "MIN": "Minimum",
    "SUM": "Sum",
}


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which metrics a query takes together, and by which statistic."""

    namespace: str
    metric: str
    statistic: str
    dimensions: frozenset[str] | None
    """Exactly these, of a SCHEMA; any without one."""
    conditions: tuple[tuple[str, str, str], ...]
    """Dimension, `=` or `!=`, value; all of them hold."""

    def takes(self, metric: Metric) -> bool:
        """Tell whether a metric belongs to the query."""
        values = dict(metric.dimensions)
        return (
            (metric.namespace, metric.name) == (self.namespace, self.metric)
            and self.dimensions in (None, values.keys())
            and all(
                (values.get(name) == value) is (sign == "=")
                for name, sign, value in self.conditions
            )
        )


def parse(text: str) -> Query:
    """Read a query.

    Raises:
        ExpressionError: it has a form that is not evaluated here.
    """
    found = _QUERY.fullmatch(text)
    statistic = _STATISTICS.get(found["statistic"].upper()) if found else None
    parts = re.split(r"\bAND\b", found["conditions"] or "", flags=re.IGNORECASE) if found else []
    conditions = [_CONDITION.fullmatch(each) for each in parts if each]
    if found is None or statistic is None or None in conditions:
        raise ExpressionError(
            f"{text!r} is not evaluated here, only one of {sorted(_STATISTICS)} of a metric FROM "
            "SCHEMA(namespace, dimensions) WHERE dimension = 'value' AND ..."
        )
    schema = re.findall(r"[\w.-]+", found["dimensions"] or "")
    return Query(
        namespace=found["schema"] or found["namespace"],
        metric=found["metric"],
        statistic=statistic,
        dimensions=frozenset(schema) if found["schema"] and schema else None,
        conditions=tuple((each[1], each[2], each[3]) for each in conditions if each),
    )
