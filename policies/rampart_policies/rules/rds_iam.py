"""rds-iam: databases accept logins by IAM.

Why: a function that logs in by its role needs no password that could leak.

Remedy: set `iamDatabaseAuthenticationEnabled`, and grant `rds-db:connect`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(database: Resource) -> Findings:
    """Read the setting; absent means off."""
    if not database.flag("iamDatabaseAuthenticationEnabled"):
        yield "iamDatabaseAuthenticationEnabled is off: functions need a password"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.RDS_CLUSTER, aws.RDS_INSTANCE),
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_161", "RDS6", "RDS.10"),
)
