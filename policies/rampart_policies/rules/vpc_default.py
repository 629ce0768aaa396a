"""vpc-default: nothing is placed in the account's default VPC.

Why: its subnets are public and shared by everything that names no network of its own.

Remedy: make a VPC, and set `vpcId`.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule


def check(resource: Resource) -> Findings:
    """Refuse to adopt the default network, and groups that land there for lack of another."""
    if resource.type in {aws.DEFAULT_VPC, aws.DEFAULT_SUBNET}:
        yield "adopts the account's default network, whose subnets are public"
    elif not resource.has("vpcId"):
        yield "vpcId is not set: it lands in the account's default network"


RULE = resource_rule(
    __doc__,
    check,
    on=(aws.DEFAULT_SUBNET, aws.DEFAULT_VPC, aws.SECURITY_GROUP),
    severity=Severity.MEDIUM,
    house=True,
    covers=("CKV_AWS_148",),
)
