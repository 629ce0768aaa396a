"""Outputs of another stack, secret ones too."""

import pulumi
import pulumi_aws as aws

network = pulumi.StackReference("organization/network/dev")
aws.ec2.SecurityGroup("group", vpc_id=network.require_output("vpc_id"))
aws.ssm.Parameter("token", type="SecureString", value=network.get_output("token"))
pulumi.export("subnets", network.get_output("subnets"))
pulumi.export("absent", network.get_output("absent"))
