"""What EventBridge Scheduler would refuse as a time, and what it takes."""

import pytest

from pulumi_rampart.messaging.schedule_expression import ScheduleExpression, TimeZone

EXAMPLES = "write rate(5 minutes), cron(0 3 * * ? *) or at(2027-01-01T00:00:00)."
UNREADABLE = "EventBridge Scheduler cannot read this"
RATE = "a rate is a whole number above 0, a space, and minutes, hours or days"
TIME = "a time is a date that exists, T, and a time of day without zone"
DAYS = "either the day of month or the day of week is ?, the other one decides"
FIELDS = "cron has six fields (minutes, hours, day of month, month, day of week, year), not"

REFUSED = [
    ("every day", UNREADABLE),
    ("rate()", UNREADABLE),
    ("cron 0 3 * * ? *", UNREADABLE),
    ("rate(0 days)", RATE),
    ("rate(1.5 hours)", RATE),
    ("rate(1 week)", RATE),
    ("rate(5minutes)", RATE),
    ("cron(0 3 * * *)", f"{FIELDS} 5"),
    ("cron(0 3 * * * *)", DAYS),
    ("cron(0 3 ? * ? *)", DAYS),
    ("cron(60 3 * * ? *)", "minutes is 0 to 59, not 60"),
    ("cron(0 24 * * ? *)", "hours is 0 to 23, not 24"),
    ("cron(0 3 32 * ? *)", "day of month is 1 to 31, not 32"),
    ("cron(0 3 ? * 0 *)", "day of week is 1 to 7, not 0"),
    ("cron(0 3 * 1-13 ? *)", "month is 1 to 12, not 13"),
    ("cron(0 3 * * ? $)", "'$' is no year"),
    ("at(2027-02-30T00:00:00)", TIME),
    ("at(2027-01-01)", TIME),
    ("at(2027-01-01T00:00:00Z)", TIME),
]


@pytest.mark.parametrize(("expression", "why"), REFUSED)
def test_a_time_that_cannot_be_read_is_refused_with_the_reason(expression: str, why: str) -> None:
    assert ScheduleExpression().problem(expression) == f"{why}; {EXAMPLES}"


@pytest.mark.parametrize(
    "expression",
    [
        "rate(1 minute)",
        "rate(90 days)",
        "cron(0 3 * * ? *)",
        "cron(0/100 8-17 ? * MON-FRI 2027)",
        "cron(15 10 ? * 6L 2026-2030)",
        "cron(0 0 L * ? *)",
        "cron(0 9 3W JAN,JUL ? *)",
        "cron(0 9 ? * 2#1 *)",
        "at(2028-02-29T23:59:59)",
    ],
)
def test_what_the_scheduler_reads_is_accepted(expression: str) -> None:
    assert ScheduleExpression().problem(expression) is None


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Ushuaia"])
def test_a_time_zone_of_the_tz_database_is_accepted(name: str) -> None:
    assert TimeZone().problem(name) is None


def test_a_time_zone_that_nobody_knows_is_refused() -> None:
    assert TimeZone().problem("Mars") == (
        "the tz database has no such time zone; write a name such as Europe/Berlin."
    )
