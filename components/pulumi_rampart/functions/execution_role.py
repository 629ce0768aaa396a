"""The role of one function: what is written beside the function, and nothing else.

Creates, in order:
    <name>         aws.iam.Role         assumed by the Lambda service, capped by the boundary
    <name>-policy  aws.iam.RolePolicy   one inline policy made of the function's permissions
"""

from dataclasses import dataclass
from typing import Any, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import iam

from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart._trust import trust
from pulumi_rampart.boundary.security_boundary import Boundary
from pulumi_rampart.permission import Permission, policy_document

# What attaching a function to a network takes. EC2 knows no narrower resource.
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
NETWORK_INTERFACE_ACTIONS = (
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
)
# X-Ray knows no resource for these.
TRACE_ACTIONS = ("xray:PutTelemetryRecords", "xray:PutTraceSegments")


class ExecutionRoleArgs(TypedDict):
    """Whose role it is."""

    boundary: Boundary
    """The wall: permissions boundary."""
    function_name: str
    """Physical name of the function."""
    log_group_arn: Input[str]
    """The function's own log group."""
    permissions: list[Permission]
    """What the function may do."""


@dataclass(frozen=True, kw_only=True)
class ExecutionRoleTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    role: Transform[iam.RoleArgs] = unchanged
    policy: Transform[iam.RolePolicyArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class ExecutionRoleNodes:
    """The raw resources."""

    role: iam.Role
    policy: iam.RolePolicy


class ExecutionRole(pulumi.ComponentResource):
    """A role that no other function shares.

    Example:
        role = ExecutionRole("worker-role", {
            "boundary": boundary.args, "function_name": "shop-dev-worker",
            "log_group_arn": logs.arn, "permissions": [queue.consume()],
        })
    """

    arn: Output[str]
    """What the function assumes."""

    def __init__(
        self,
        name: str,
        args: ExecutionRoleArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: ExecutionRoleTransforms = ExecutionRoleTransforms(),
    ) -> None:
        super().__init__("rampart:index:ExecutionRole", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        role = self._role()
        policy = self._policy(role)

        self.nodes = ExecutionRoleNodes(role=role, policy=policy)
        self.arn = role.arn
        self.register_outputs({"arn": self.arn})

    def _role(self) -> iam.Role:
        args = iam.RoleArgs(
            description=f"What {self._args['function_name']} may do",
            permissions_boundary=self._boundary["permissions_boundary_arn"],
            assume_role_policy=trust("lambda.amazonaws.com"),
        )
        self._transforms.role(args)
        return iam.Role(self._name, args, opts=self._child)

    def _policy(self, role: iam.Role) -> iam.RolePolicy:
        args = iam.RolePolicyArgs(
            role=role.name,
            policy=policy_document(
                [self._run_at_all(), *self._args["permissions"]],
                [self._network_interfaces_are_not_for_code()],
            ),
        )
        self._transforms.policy(args)
        return iam.RolePolicy(f"{self._name}-policy", args, opts=self._child)

    def _run_at_all(self) -> Permission:
        return {
            "statements": [
                {
                    "actions": ["logs:CreateLogStream", "logs:PutLogEvents"],
                    "resources": [Output.concat(self._args["log_group_arn"], ":*")],
                },
                {
                    "actions": [*NETWORK_INTERFACE_ACTIONS, *TRACE_ACTIONS],
                    "resources": ["*"],
                },
            ]
        }

    def _network_interfaces_are_not_for_code(self) -> dict[str, Any]:
        """Keep from the code what only the Lambda service needs to attach the function."""
        arn = Output.concat(
            "arn:aws:lambda:",
            self._boundary["region"],
            ":",
            self._boundary["account_id"],
            f":function:{self._args['function_name']}",
        )
        return {
            "Effect": "Deny",
            "Action": list(NETWORK_INTERFACE_ACTIONS),
            "Resource": "*",
            "Condition": {"ArnEquals": {"lambda:SourceFunctionArn": arn}},
        }
