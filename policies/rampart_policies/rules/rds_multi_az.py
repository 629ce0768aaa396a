"""rds-multi-az: a database instance survives the loss of its availability zone.

Why: with one zone, a zone that fails takes the service down for as long as it lasts.

Remedy: set `multiAz`; Aurora keeps its data in three zones by itself.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(instance: Resource) -> Findings:
    """Read the setting; absent means one zone."""
    if not instance.flag("multiAz"):
        yield "multiAz is off: the database stops with its availability zone"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.RDS_INSTANCE,
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_157", "RDS3", "RDS.5"),
)
