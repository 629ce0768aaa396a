"""Rules on CloudWatch alarms."""

from rampart_policies.rule import Rule
from rampart_policies.rules import (
    alarm_actions,
    alarm_coverage,
    alarm_metric,
    alarm_noise,
    dead_letter_alarm,
)

RULES: tuple[Rule, ...] = (
    alarm_actions.RULE,
    alarm_coverage.RULE,
    alarm_metric.RULE,
    alarm_noise.RULE,
    dead_letter_alarm.RULE,
)
