"""A private network in few words, for fixtures: one VPC, one subnet, one security group."""

from typing import Any

from rampart_policies import aws
from tests.policies.stacks import Made, made

VPC = made(aws.VPC, "vpc")
ROUTES = made(aws.ROUTE_TABLE[0], "routes", vpcId=VPC.id)
GROUP = made(aws.SECURITY_GROUP, "group", vpcId=VPC.id)


def subnet(name: str = "subnet") -> Made:
    """Make a subnet of the VPC."""
    return made(aws.SUBNET, name, vpcId=VPC.id)


def function(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    """Make a function inside the subnet."""
    network = {"subnetIds": ["subnet"], "securityGroupIds": [GROUP.id]}
    return made(aws.LAMBDA_FUNCTION, "worker", vpcConfig=network, **inputs)


def private(**inputs: Any) -> list[Made]:  # noqa: ANN401  # wire values are any JSON
    """Make a function in a network that leads nowhere."""
    association = made(aws.ROUTE_TABLE_ASSOCIATION, subnetId="subnet", routeTableId=ROUTES.id)
    return [VPC, ROUTES, GROUP, subnet(), association, function(**inputs)]
