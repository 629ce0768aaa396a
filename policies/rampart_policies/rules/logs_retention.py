"""logs-retention: log groups keep entries for a stated time.

Why: kept forever they cost and collect personal data; kept too short they miss an investigation.

Remedy: set `retentionInDays`; the profile says how long at least.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Patch, Setting, Severity, resource_rule

YEAR = 365  # CKV_AWS_338; Security Hub CloudWatch.16


def check(group: Resource, *, minimum_days: float, maximum_days: float) -> Findings:
    """Zero and absent both mean forever."""
    days = group.number("retentionInDays") or 0
    if not days:
        yield "retentionInDays is not set: entries are kept, and paid for, forever"
    elif not minimum_days <= days <= maximum_days:
        yield f"retentionInDays is {days:g}, outside {minimum_days:g} to {maximum_days:g}"


def remediate(_: Resource) -> Patch:
    """Keep entries for a year, the least that the default settings accept."""
    return {"retentionInDays": YEAR}


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LOG_GROUP,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_66", "CKV_AWS_338", "Serverless-CloudWatchLogGroupRetentionPeriod"),
    remediate=remediate,
    settings={"minimum_days": Setting(YEAR, "least"), "maximum_days": Setting(3653, "most")},
)
