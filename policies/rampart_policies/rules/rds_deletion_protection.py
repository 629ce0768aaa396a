"""rds-deletion-protection: no database can be deleted by mistake.

Why: renaming a resource in the program replaces it, and its data with it.

Remedy: set `deletionProtection`, and switch it off in a deployment of its own.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(database: Resource) -> Findings:
    """Read the setting; absent means off."""
    if not database.flag("deletionProtection"):
        yield "deletionProtection is off: one renamed resource deletes the data"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.RDS_CLUSTER, aws.RDS_INSTANCE),
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_293", "RDS10", "RDS.8"),
)
