"""The longest time between two rotations follows from the schedule, in every form AWS takes."""

import pytest

from rampart_policies.rotation import longest_days
from rampart_policies.values import Block, UndecidedError


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        ("rate(10 days)", 10),
        ("rate(1 day)", 1),
        ("rate(12 hours)", 0.5),
        ("rate(3650 days)", 3650),
        ("cron(0 8 * * ? *)", 1),
        ("cron(0 8 1 * ? *)", 31),
        ("cron(0 8 L * ? *)", 31),
        ("cron(0 8 15W * ? *)", 31),
        ("cron(0 8 1 */3 ? *)", 92),
        ("cron(0 8 1 JAN,JUL ? *)", 184),
        ("cron(0 8 1 1 ? *)", 366),
        ("cron(0 8 29 2 ? *)", 1461),
        ("cron(0 8 31 2 ? *)", 2922),
        ("cron(0 8 ? * SUN *)", 7),
        ("cron(0 8 ? * 2-6 *)", 3),
        ("cron(0 8 ? * MON#1 *)", 35),
        ("cron(0 8 ? * 6L *)", 35),
        ("cron(0 8 1/10 * ? *)", 10),
    ],
)
def test_a_schedule_has_a_longest_gap(schedule: str, days: float) -> None:
    assert longest_days(Block({"scheduleExpression": schedule})) == days


@pytest.mark.parametrize(
    "schedule", ["monthly", "rate(3 weeks)", "cron(0 8 1 *)", "cron(0 8 x * ? *)", "cron()"]
)
def test_what_is_no_schedule_is_undecided(schedule: str) -> None:
    with pytest.raises(UndecidedError):
        longest_days(Block({"scheduleExpression": schedule}))


def test_days_are_taken_as_they_are_and_nothing_is_none() -> None:
    assert longest_days(Block({"automaticallyAfterDays": 30.0})) == 30
    assert longest_days(Block({})) is None
