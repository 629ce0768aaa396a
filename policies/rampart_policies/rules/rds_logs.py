"""rds-logs: databases send their logs to CloudWatch.

Why: on the database itself logs last days, and whoever takes it over removes them.

Remedy: set `enabledCloudwatchLogsExports` to the logs of the engine.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(database: Resource) -> Findings:
    """Ask for any log, and of PostgreSQL for its own."""
    exported = database.texts("enabledCloudwatchLogsExports")
    if not exported:
        yield "enabledCloudwatchLogsExports is empty: logs vanish with the database"
    elif "postgres" in (database.text("engine") or "") and "postgresql" not in exported:
        yield "enabledCloudwatchLogsExports lacks postgresql: errors and logins are not kept"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.RDS_CLUSTER, aws.RDS_INSTANCE),
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_129", "RDS.9", "RDS.36"),
)
