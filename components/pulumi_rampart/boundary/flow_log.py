"""The flow log of a VPC: who talked to whom, kept encrypted.

Creates, in order:
    <name>-group   aws.cloudwatch.LogGroup   where the records go
    <name>-role    aws.iam.Role              lets the flow log service write into that group
    <name>-policy  aws.iam.RolePolicy        and into no other
    <name>         aws.ec2.FlowLog           all traffic, accepted and rejected
"""

from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, ec2, iam

from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart._trust import trust


class VpcFlowLogArgs(TypedDict):
    """What is watched."""

    vpc_id: Input[str]
    """The network."""
    account_id: Input[str]
    """Only flow logs of this account may use the role."""
    key_arn: Input[str]
    """Encrypts the records."""
    log_retention_days: int
    """How long they are kept."""


@dataclass(frozen=True, kw_only=True)
class VpcFlowLogTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    group: Transform[cloudwatch.LogGroupArgs] = unchanged
    role: Transform[iam.RoleArgs] = unchanged
    policy: Transform[iam.RolePolicyArgs] = unchanged
    flow_log: Transform[ec2.FlowLogArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class VpcFlowLogNodes:
    """The raw resources."""

    group: cloudwatch.LogGroup
    role: iam.Role
    policy: iam.RolePolicy
    flow_log: ec2.FlowLog


class VpcFlowLog(pulumi.ComponentResource):
    """Records every connection of a network.

    Example:
        VpcFlowLog("flows", {"vpc_id": vpc.id, "account_id": "123456789012",
                             "key_arn": key.arn, "log_retention_days": 365})
    """

    def __init__(
        self,
        name: str,
        args: VpcFlowLogArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: VpcFlowLogTransforms = VpcFlowLogTransforms(),
    ) -> None:
        super().__init__("rampart:index:VpcFlowLog", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._child = pulumi.ResourceOptions(parent=self)

        group = self._group()
        role = self._role()
        policy = self._policy(group, role)
        flow_log = self._flow_log(group, role)

        self.nodes = VpcFlowLogNodes(group=group, role=role, policy=policy, flow_log=flow_log)
        self.register_outputs({})

    def _group(self) -> cloudwatch.LogGroup:
        args = cloudwatch.LogGroupArgs(
            kms_key_id=self._args["key_arn"], retention_in_days=self._args["log_retention_days"]
        )
        self._transforms.group(args)
        return cloudwatch.LogGroup(f"{self._name}-group", args, opts=self._child)

    def _role(self) -> iam.Role:
        args = iam.RoleArgs(
            assume_role_policy=trust("vpc-flow-logs.amazonaws.com", self._args["account_id"])
        )
        self._transforms.role(args)
        return iam.Role(f"{self._name}-role", args, opts=self._child)

    def _policy(self, group: cloudwatch.LogGroup, role: iam.Role) -> iam.RolePolicy:
        args = iam.RolePolicyArgs(
            role=role.name,
            policy=Output.json_dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": [
                                "logs:CreateLogStream",
                                "logs:DescribeLogStreams",
                                "logs:PutLogEvents",
                            ],
                            "Resource": [group.arn, Output.concat(group.arn, ":*")],
                        }
                    ],
                }
            ),
        )
        self._transforms.policy(args)
        return iam.RolePolicy(f"{self._name}-policy", args, opts=self._child)

    def _flow_log(self, group: cloudwatch.LogGroup, role: iam.Role) -> ec2.FlowLog:
        args = ec2.FlowLogArgs(
            vpc_id=self._args["vpc_id"],
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_destination=group.arn,
            iam_role_arn=role.arn,
            max_aggregation_interval=60,
        )
        self._transforms.flow_log(args)
        return ec2.FlowLog(self._name, args, opts=self._child)
