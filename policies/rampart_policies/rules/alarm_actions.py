"""alarm-actions: every alarm does something when it goes off.

Why: an alarm without action changes colour on a page that nobody looks at.

Remedy: set `alarmActions` to the alarm topic, and leave `actionsEnabled` on.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(alarm: Resource) -> Findings:
    """Read the actions and their switch, which is on by default."""
    if not alarm.flag("actionsEnabled", default=True):
        yield "actionsEnabled is false: nobody is told"
    if not alarm.has("alarmActions"):
        yield "alarmActions is empty: nobody is told"


RULE = resource_rule(
    __doc__, check, on=aws.ALARM, severity=Severity.MEDIUM, house=True, covers=("CKV_AWS_319",)
)
