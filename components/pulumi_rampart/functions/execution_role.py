"""The role of one function: what is written beside the function, and nothing else.

Creates, in order:
    <name>         aws.iam.Role         assumed by the Lambda service, capped by the boundary
    <name>-policy  aws.iam.RolePolicy   one inline policy made of the function's permissions
"""

from typing import Any, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import iam

from pulumi_rampart.arguments import checked
from pulumi_rampart.boundary.args import Boundary, boundary_of
from pulumi_rampart.boundary.grantable import NETWORK_INTERFACE_ACTIONS, TRACE_ACTIONS
from pulumi_rampart.component import Component
from pulumi_rampart.documents import trust
from pulumi_rampart.permission import Permission, policy_document


class ExecutionRoleArgs(TypedDict):
    """Whose role it is."""

    boundary: Input[Boundary]
    """Permissions boundary."""
    function_name: Input[str]
    """Physical name of the function."""
    log_group_arn: Input[str]
    """The function's own log group."""
    permissions: list[Permission]
    """What the function may do."""


class ExecutionRole(Component):
    """A role that no other function shares; a part of `LambdaFunction`.

    Example:
        role = ExecutionRole("worker-role", {
            "boundary": boundary.args, "function_name": "shop-dev-worker",
            "log_group_arn": logs.arn, "permissions": [queue.consume()],
        })
    """

    NAMES = (("{name}", iam.Role), ("{name}-policy", iam.RolePolicy))

    arn: Output[str]
    """What the function assumes."""

    def __init__(
        self, name: str, args: ExecutionRoleArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, ExecutionRoleArgs)
        self._boundary = boundary_of(self._args["boundary"])
        super().__init__(name, opts, boundary=self._boundary)

        self.role = self._role()
        self.policy = self._policy()

        self.arn = self.role.arn
        self.register_outputs()

    def _role(self) -> iam.Role:
        return self.child(
            iam.Role,
            "",
            description=Output.concat("What ", self._args["function_name"], " may do"),
            permissions_boundary=self._boundary["permissions_boundary_arn"],
            assume_role_policy=trust("lambda.amazonaws.com"),
        )

    def _policy(self) -> iam.RolePolicy:
        return self.child(
            iam.RolePolicy,
            "policy",
            role=self.role.name,
            policy=policy_document(
                [self._run_at_all(), *self._args["permissions"]],
                [self._network_interfaces_are_not_for_code()],
            ),
        )

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
            ":function:",
            self._args["function_name"],
        )
        return {
            "Effect": "Deny",
            "Action": list(NETWORK_INTERFACE_ACTIONS),
            "Resource": "*",
            "Condition": {"ArnEquals": {"lambda:SourceFunctionArn": arn}},
        }
