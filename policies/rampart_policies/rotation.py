"""How long a secret may stay the same, by the schedule of its rotation.

https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from rampart_policies.values import Block, UndecidedError

_RATE = re.compile(r"rate\((\d+) (hour|day)s?\)")
_CRON = re.compile(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)")
_FIELD = re.compile(r"(?:(?P<every>\*)|(?P<first>\d+)(?:-(?P<last>\d+))?)(?:/(?P<step>\d+))?")
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"
_WEEKDAYS = "SUN MON TUE WED THU FRI SAT"
_YEARS = (date(2027, 1, 1), date(2035, 1, 1))  # any eight years: two days are 29 February


def longest_days(rules: Block) -> float | None:
    """Return the days between two rotations, the longest of a schedule; None where there are none.

    Raises:
        UndecidedError: the schedule is in no form that Secrets Manager takes.
    """
    schedule = rules.text("scheduleExpression")
    if schedule is None:
        return rules.number("automaticallyAfterDays")
    if rate := _RATE.fullmatch(schedule):
        return int(rate[1]) / (24 if rate[2] == "hour" else 1)
    if cron := _CRON.fullmatch(schedule):
        return _longest_gap(*cron.groups()[2:5])
    raise UndecidedError("rotationRules.scheduleExpression", "is neither rate() nor cron()")


def _longest_gap(of_month: str, month: str, of_week: str) -> float:
    months = _numbers(month, _MONTHS, 1, 12)
    first, end = _YEARS
    days = (first + timedelta(days=n) for n in range((end - first).days))
    hits = [
        day
        for day in days
        if day.month in months and _in_month(day, of_month) and _in_week(day, of_week)
    ]
    return float(max((b - a).days for a, b in pairwise(hits or [first, end])))


def _in_month(day: date, field: str) -> bool:
    if field in {"*", "?"}:
        return True
    if field in {"L", "LW"}:  # W, the nearest weekday, moves a day or two
        return (day + timedelta(days=1)).day == 1
    return day.day in _numbers(field.removesuffix("W"), "", 1, 31)


def _in_week(day: date, field: str) -> bool:
    if field in {"*", "?"}:
        return True
    weekday = day.isoweekday() % 7 + 1  # AWS counts from Sunday, 1
    if field.endswith("L") and field != "L":
        last = (day + timedelta(days=7)).month != day.month
        return last and weekday in _numbers(field[:-1], _WEEKDAYS, 1, 7)
    which, _, nth = field.partition("#")
    if nth and (day.day + 6) // 7 != int(nth):
        return False
    return weekday in _numbers("7" if which == "L" else which, _WEEKDAYS, 1, 7)


def _numbers(field: str, names: str, low: int, high: int) -> set[int]:
    for number, name in enumerate(names.split(), start=1):
        field = re.sub(name, str(number), field, flags=re.IGNORECASE)
    return {number for part in field.split(",") for number in _part(part, low, high)}


def _part(part: str, low: int, high: int) -> Iterator[int]:
    match = _FIELD.fullmatch(part)
    if match is None:
        raise UndecidedError("rotationRules.scheduleExpression", f"has {part}, which is no field")
    first = low if match["every"] else int(match["first"])
    open_end = match["every"] or match["step"]
    last = int(match["last"] or (high if open_end else first))
    yield from range(first, min(last, high) + 1, int(match["step"] or 1) or 1)
