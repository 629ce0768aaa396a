"""schedule-dead-letters: a schedule that could not start its target leaves a dead letter.

Why: after its retries the scheduler drops the invocation, and a night's run is missing unnoticed.

Remedy: set `target.deadLetterConfig.arn`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(schedule: Resource) -> Findings:
    """Look for a dead letter queue."""
    if not schedule.has("target.deadLetterConfig.arn"):
        yield "target.deadLetterConfig is not set: a run that cannot start is dropped"


RULE = resource_rule(__doc__, check, on=aws.SCHEDULE, severity=Severity.MEDIUM, house=True)
