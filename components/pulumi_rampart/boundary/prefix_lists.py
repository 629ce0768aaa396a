"""The addresses of AWS services that have a gateway endpoint, as security groups name them."""

import pulumi
from pulumi import Input, Output
from pulumi_aws import ec2

from pulumi_rampart.component import Component

GATEWAY_SERVICES = ("dynamodb", "s3")


def prefix_list_id(component: Component, service: str, region: Input[str]) -> Output[str]:
    """Return the id of the list that AWS keeps of a service's addresses.

    Args:
        component: who asks.
        service: one of `GATEWAY_SERVICES`.
        region: the region of the service.
    """
    found = ec2.get_managed_prefix_list_output(
        name=Output.concat("com.amazonaws.", region, ".", service),
        opts=pulumi.InvokeOutputOptions(parent=component),
    )
    return found.id
