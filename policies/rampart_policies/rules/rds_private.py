"""rds-private: no database has a public address.

Why: with one, only a security group stands between the internet and the login.

Remedy: set `publiclyAccessible` to false, and connect from inside the network.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(database: Resource) -> Findings:
    """Read the setting; absent means private in subnets of one's own."""
    if database.flag("publiclyAccessible"):
        yield "publiclyAccessible is on: the login is on the internet"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.RDS_CLUSTER, aws.RDS_CLUSTER_INSTANCE, aws.RDS_INSTANCE),
    severity=Severity.CRITICAL,
    covers=("CKV_AWS_17", "RDS.2"),
)
