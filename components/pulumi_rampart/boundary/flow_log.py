"""The flow log of a VPC: who talked to whom, kept encrypted.

Creates, in order:
    <name>-group   aws.cloudwatch.LogGroup   where the records go
    <name>-role    aws.iam.Role              lets the flow log service write into that group
    <name>-policy  aws.iam.RolePolicy        and into no other
    <name>         aws.ec2.FlowLog           all traffic, accepted and rejected
"""

from typing import Annotated, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, ec2, iam

from pulumi_rampart.arguments import checked
from pulumi_rampart.boundary.retention import RETENTION
from pulumi_rampart.component import Component
from pulumi_rampart.documents import policy, trust


class VpcFlowLogArgs(TypedDict):
    """What is watched."""

    vpc_id: Input[str]
    """The network."""
    account_id: Input[str]
    """Only flow logs of this account may use the role."""
    key_arn: Input[str]
    """Encrypts the records."""
    log_retention_days: Annotated[int, RETENTION]
    """How long they are kept, in days."""


class VpcFlowLog(Component):
    """Records every connection of a network; a part of `PrivateNetwork`.

    Example:
        VpcFlowLog("flows", {"vpc_id": vpc.id, "account_id": "123456789012",
                             "key_arn": key.arn, "log_retention_days": 365})
    """

    NAMES = (
        ("{name}-group", cloudwatch.LogGroup),
        ("{name}-role", iam.Role),
        ("{name}-policy", iam.RolePolicy),
    )

    def __init__(
        self, name: str, args: VpcFlowLogArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, VpcFlowLogArgs)
        super().__init__(name, opts)

        self.group = self._group()
        self.role = self._role()
        self.policy = self._policy()
        self.flow_log = self._flow_log()

        self.register_outputs()

    def _group(self) -> cloudwatch.LogGroup:
        return self.child(
            cloudwatch.LogGroup,
            "group",
            kms_key_id=self._args["key_arn"],
            retention_in_days=self._args["log_retention_days"],
        )

    def _role(self) -> iam.Role:
        return self.child(
            iam.Role,
            "role",
            assume_role_policy=trust("vpc-flow-logs.amazonaws.com", self._args["account_id"]),
        )

    def _policy(self) -> iam.RolePolicy:
        write = {
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            "Resource": [self.group.arn, Output.concat(self.group.arn, ":*")],
        }
        return self.child(iam.RolePolicy, "policy", role=self.role.name, policy=policy(write))

    def _flow_log(self) -> ec2.FlowLog:
        return self.child(
            ec2.FlowLog,
            "",
            vpc_id=self._args["vpc_id"],
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_destination=self.group.arn,
            iam_role_arn=self.role.arn,
            max_aggregation_interval=60,
        )
