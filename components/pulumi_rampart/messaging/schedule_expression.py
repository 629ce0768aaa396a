"""When a schedule calls, checked before EventBridge Scheduler would refuse it."""

import re
import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from pulumi_rampart.arguments.nearest import nearest

EXAMPLES = "write rate(5 minutes), cron(0 3 * * ? *) or at(2027-01-01T00:00:00)."
_FIELDS = (
    ("minutes", 0, 59),
    ("hours", 0, 23),
    ("day of month", 1, 31),
    ("month", 1, 12),
    ("day of week", 1, 7),
    ("year", 1970, 2199),
)
_DAY_OF_MONTH, _DAY_OF_WEEK = 2, 4


@dataclass(frozen=True)
class ScheduleExpression:
    """A rule: one of the three forms that EventBridge Scheduler reads.

    https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
    """

    def problem(self, value: str) -> str | None:
        """Judge an expression."""
        found = re.fullmatch(r"(rate|cron|at)\((.+)\)", value)
        if not found:
            return f"EventBridge Scheduler cannot read this; {EXAMPLES}"
        judge = {"rate": _of_rate, "cron": _of_cron, "at": _of_time}[found[1]]
        problem = judge(found[2])
        return f"{problem}; {EXAMPLES}" if problem else None


@dataclass(frozen=True)
class TimeZone:
    """A rule: a name of the tz database."""

    def problem(self, value: str) -> str | None:
        """Judge a name; where the system has no such database, any will do."""
        known = zoneinfo.available_timezones()
        if not known or value in known:
            return None
        near = nearest(value, sorted(known))
        hint = f"did you mean {near}?" if near else "write a name such as Europe/Berlin."
        return f"the tz database has no such time zone; {hint}"


def _of_rate(text: str) -> str | None:
    if re.fullmatch(r"[1-9]\d* (minute|hour|day)s?", text):
        return None
    return "a rate is a whole number above 0, a space, and minutes, hours or days"


def _of_time(text: str) -> str | None:
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%S")  # noqa: DTZ007  # `timezone` says in which
    except ValueError:
        return "a time is a date that exists, T, and a time of day without zone"
    return None


def _of_cron(text: str) -> str | None:
    fields = text.split()
    if len(fields) != len(_FIELDS):
        names = ", ".join(name for name, _, _ in _FIELDS)
        return f"cron has six fields ({names}), not {len(fields)}"
    if (fields[_DAY_OF_MONTH] == "?") == (fields[_DAY_OF_WEEK] == "?"):
        return "either the day of month or the day of week is ?, the other one decides"
    for field, (name, low, high) in zip(fields, _FIELDS, strict=True):
        if not re.fullmatch(r"[0-9A-Z,*/?#-]+", field, re.IGNORECASE):
            return f"{field!r} is no {name}"
        # What follows / is a step, what follows # is a week of the month.
        for number in re.findall(r"(?<![/#\d])\d+", field):
            if not low <= int(number) <= high:
                return f"{name} is {low} to {high}, not {number}"
    return None
