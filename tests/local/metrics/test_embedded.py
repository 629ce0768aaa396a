"""Metrics that functions print are found as CloudWatch finds them."""

import json
from typing import Any

import pytest

from rampart_local.metrics.embedded import data
from rampart_local.metrics.series import Datum

DOCUMENT: dict[str, Any] = {
    "_aws": {
        "Timestamp": 1_700_000_000_000,
        "CloudWatchMetrics": [
            {
                "Namespace": "shop",
                "Dimensions": [["service"], []],
                "Metrics": [{"Name": "Orders", "Unit": "Count"}],
            }
        ],
    },
    "service": "till",
    "Orders": [1, 2],
}


def test_each_value_is_a_datum_of_each_set_of_dimensions() -> None:
    # when
    found = list(data(f"before\n{json.dumps(DOCUMENT)}\nafter"))

    # then
    at = 1_700_000_000.0
    assert found == [
        Datum("shop", "Orders", value, "Count", dimensions, at)
        for dimensions in ({"service": "till"}, {})
        for value in (1.0, 2.0)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "text",
        '{"_aws": 1}',
        '{"_aws": {"CloudWatchMetrics": [{"Metrics": [{"Name": "gone"}], "Namespace": "x"}]}}',
        '{"_aws": ',
    ],
)
def test_what_is_no_metric_is_left_alone(line: str) -> None:
    # then
    assert list(data(line)) == []
