"""lambda-vpc: every function runs inside the private network, in at least two zones.

Why: outside a VPC a function reaches the whole internet, so stolen code can send data anywhere.

Remedy: give `vpcConfig` private subnets of two availability zones and a security group.
"""

from rampart_policies import aws
from rampart_policies.graph import Resource
from rampart_policies.rule import Findings, Severity, resource_rule

ZONES = 2  # one subnet lies in one zone; Security Hub Lambda.5 asks for two


def check(function: Resource) -> Findings:
    """Count subnets; whether they are private and in different zones the network rules judge."""
    network = function.block("vpcConfig")
    subnets = network.texts("subnetIds")
    if not subnets:
        yield "vpcConfig has no subnets: the function reaches the internet directly"
    elif len(set(subnets)) < ZONES:
        yield "vpcConfig has one subnet: the function stops with its availability zone"
    if subnets and not network.texts("securityGroupIds"):
        yield "vpcConfig has no security group: nothing limits where the function connects to"


RULE = resource_rule(
    __doc__,
    check,
    on=aws.LAMBDA_FUNCTION,
    severity=Severity.HIGH,
    house=True,
    covers=("CKV_AWS_117", "Lambda.3", "Lambda.5"),
)
