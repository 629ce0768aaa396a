"""alarm-actions: every alarm does something when it goes off.

Why: an alarm without an action notifies no one.

Remedy: set `alarmActions` to the alarm topic, and leave `actionsEnabled` on.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(alarm: Resource) -> Findings:
    """Read the actions and their switch, which is on by default."""
    if not alarm.flag("actionsEnabled", default=True):
        yield "actionsEnabled is false: no one is notified"
    if not alarm.has("alarmActions"):
        yield "alarmActions is empty: no one is notified"


RULE = resource_rule(
    __doc__, check, on=aws.ALARM, severity=Severity.MEDIUM, house=True, covers=("CKV_AWS_319",)
)
