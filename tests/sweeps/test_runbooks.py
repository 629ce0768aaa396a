"""Whoever is woken by an alarm finds what to do."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.systems.golden import STACKS, file

FOLDER = Path(__file__).parents[2] / "docs" / "runbooks"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
_ROW = re.compile(
    r"^\| `(AWS/\w+)` (.+?) \| .+ \| \[[^\]]+\]\(([a-z-]+\.md)#([a-z0-9-]+)\) \|$", re.MULTILINE
)
_QUERY = re.compile(r'SELECT \w+\((\w+)\) FROM SCHEMA\("(AWS/\w+)"')
Metric = tuple[str, str]


def explained() -> dict[Metric, tuple[str, str]]:
    """Return page and heading of each metric in the table."""
    return {
        (namespace, metric): (page, heading)
        for namespace, metrics, page, heading in _ROW.findall((FOLDER / "README.md").read_text())
        for metric in re.findall(r"`(\w+)`", metrics)
    }


def watched(stack: str) -> Iterator[Metric]:
    for resource in json.loads(file(stack).read_text())["resources"]:
        if resource["type"] == ALARM:
            yield from _metrics(resource["inputs"])


def _metrics(alarm: dict[str, Any]) -> Iterator[Metric]:
    if "metricName" in alarm:
        yield alarm["namespace"], alarm["metricName"]
    for query in alarm.get("metricQueries", []):
        if metric := query.get("metric"):
            yield metric["namespace"], metric["metricName"]
        elif found := _QUERY.match(query.get("expression", "")):
            yield found[2], found[1]


def anchors(page: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", (FOLDER / page).read_text(), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("stack", STACKS)
def test_every_metric_that_an_alarm_watches_has_a_runbook(stack: str) -> None:
    assert set(watched(stack)) <= explained().keys()


def test_every_explained_metric_is_watched() -> None:
    alarms = {metric for stack in STACKS for metric in watched(stack)}
    assert explained().keys() <= alarms


def test_every_runbook_that_is_named_is_there() -> None:
    missing = [
        f"{page}#{heading}"
        for page, heading in explained().values()
        if heading not in anchors(page)
    ]
    assert missing == []


def test_links_between_runbooks_lead_somewhere() -> None:
    broken = [
        f"{file.name}: {page}#{heading}"
        for file in FOLDER.glob("*.md")
        for page, heading in re.findall(r"\]\(([a-z-]+\.md)#([a-z0-9-]+)\)", file.read_text())
        if heading not in anchors(page)
    ]
    assert broken == []
