"""rds-backups: databases can be restored to any second of the last week.

Why: a faulty migration is noticed days later, and only a backup undoes it.

Remedy: set `backupRetentionPeriod` to seven days or more.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Setting, Severity, resource_rule


def check(database: Resource, *, minimum_days: float) -> Findings:
    """Read the days; without them an instance keeps none and a cluster one."""
    default = 1 if database.type == aws.RDS_CLUSTER else 0
    days = database.number("backupRetentionPeriod")
    days = default if days is None else days
    if days < minimum_days:
        yield f"backupRetentionPeriod is {days:g} days: mistakes are noticed later than that"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.RDS_CLUSTER, aws.RDS_INSTANCE),
    severity=Severity.MEDIUM,
    house=True,
    covers=("RDS13", "RDS.11"),
    settings={"minimum_days": Setting(7, "days at least")},
)
