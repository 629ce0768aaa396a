"""Replays of archived events: what was published in a span of time comes by once more."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

_AGO = re.compile(r"(\d+)([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_POLL_SECONDS = 2.0
OVER = frozenset({"COMPLETED", "CANCELLED", "FAILED"})


@dataclass(frozen=True)
class Archive:
    """An archive of a bus."""

    name: str
    arn: str
    bus_arn: str


@dataclass(frozen=True)
class Span:
    """A span of time."""

    start: datetime
    end: datetime


def span(start: str, end: str, now: datetime) -> Span:
    """Read a span of time: each end is ISO 8601, in UTC unless it says otherwise, or `2h` ago.

    Raises:
        ValueError: an end cannot be read, or the span is none.
    """
    found = Span(_moment(start, now), _moment(end, now))
    if found.start >= found.end:
        raise ValueError(f"--from {start} is not before --to {end}.")
    if found.start > now:
        raise ValueError(f"--from {start} is in the future: nothing is archived yet.")
    return found


def archive(events: Any, name: str) -> Archive:  # noqa: ANN401 - of boto3
    """Find an archive by its name in AWS, or by the end of it, which is its name in the program.

    Raises:
        LookupError: there is none, or more than one.
    """
    names = [each["ArchiveName"] for each in _archives(events)]
    found = [each for each in names if each == name] or [
        each for each in names if each.endswith(f"-{name}")
    ]
    if len(found) != 1:
        there = ", ".join(sorted(names)) or "none"
        raise LookupError(f"{len(found)} archives are called {name!r}; there are: {there}.")
    described = events.describe_archive(ArchiveName=found[0])
    return Archive(found[0], described["ArchiveArn"], described["EventSourceArn"])


def replay(
    events: Any,  # noqa: ANN401 - of boto3
    source: Archive,
    when: Span,
    rules: list[str],
    *,
    say: Callable[[str], None] = lambda _: None,
    pause: Callable[[float], None] = time.sleep,
) -> str:
    """Publish the archived events of a span again, and wait for the end; returns the last state.

    Args:
        events: client of EventBridge.
        source: the archive.
        when: which events.
        rules: names of the bus's rules that get them; all without any.
        say: is told how far it is.
        pause: waits so many seconds.
    """
    name = f"{source.name[:40]}-{int(time.time() * 1000)}"
    bus = source.bus_arn.rpartition("/")[2]
    destination: dict[str, Any] = {"Arn": source.bus_arn}
    if rules:
        destination["FilterArns"] = [
            events.describe_rule(Name=rule, EventBusName=bus)["Arn"] for rule in rules
        ]
    events.start_replay(
        ReplayName=name,
        EventSourceArn=source.arn,
        EventStartTime=when.start,
        EventEndTime=when.end,
        Destination=destination,
    )
    while True:
        described = events.describe_replay(ReplayName=name)
        state = str(described["State"])
        last = described.get("EventLastReplayedTime")
        say(f"{name}: {state}" + (f", up to {last}" if last else ""))
        if state in OVER:
            return state
        pause(_POLL_SECONDS)


def _archives(events: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - of boto3
    found: list[dict[str, Any]] = []
    request: dict[str, str] = {}
    while True:
        answer = events.list_archives(**request)
        found += answer["Archives"]
        if "NextToken" not in answer:
            return found
        request = {"NextToken": answer["NextToken"]}


def _moment(text: str, now: datetime) -> datetime:
    if ago := _AGO.fullmatch(text):
        return now - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"{text!r} is no time; write 2026-11-27T02:00, or how long ago: 30m, 2h, 1d."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
