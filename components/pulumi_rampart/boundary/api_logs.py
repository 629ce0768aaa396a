"""The account setting without which API Gateway writes no execution logs.

Creates, in order:
    <name>-role    aws.iam.Role            what API Gateway becomes to write
    <name>-policy  aws.iam.RolePolicy      its own log groups and no others
    <name>         aws.apigateway.Account  one an account and region: stacks that share them agree
"""

from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import apigateway, iam

from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart._trust import trust


class ApiGatewayLogsArgs(TypedDict):
    """Where the logs are."""

    region: Input[str]
    """Region of the APIs."""
    account_id: Input[str]
    """Account of the APIs."""


@dataclass(frozen=True, kw_only=True)
class ApiGatewayLogsTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    role: Transform[iam.RoleArgs] = unchanged
    policy: Transform[iam.RolePolicyArgs] = unchanged
    account: Transform[apigateway.AccountArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class ApiGatewayLogsNodes:
    """The raw resources."""

    role: iam.Role
    policy: iam.RolePolicy
    account: apigateway.Account


class ApiGatewayLogs(pulumi.ComponentResource):
    """Lets API Gateway write execution logs.

    Example:
        ApiGatewayLogs("api-logs", {"region": "eu-central-1", "account_id": "123456789012"})
    """

    def __init__(
        self,
        name: str,
        args: ApiGatewayLogsArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: ApiGatewayLogsTransforms = ApiGatewayLogsTransforms(),
    ) -> None:
        super().__init__("rampart:index:ApiGatewayLogs", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._child = pulumi.ResourceOptions(parent=self)

        role = self._role()
        policy = self._policy(role)
        account = self._account(role, policy)

        self.nodes = ApiGatewayLogsNodes(role=role, policy=policy, account=account)
        self.register_outputs({})

    def _role(self) -> iam.Role:
        args = iam.RoleArgs(
            assume_role_policy=trust("apigateway.amazonaws.com", self._args["account_id"])
        )
        self._transforms.role(args)
        return iam.Role(f"{self._name}-role", args, opts=self._child)

    def _policy(self, role: iam.Role) -> iam.RolePolicy:
        groups = Output.concat(
            "arn:aws:logs:", self._args["region"], ":", self._args["account_id"], ":log-group:"
        )
        args = iam.RolePolicyArgs(
            role=role.name,
            policy=Output.json_dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow",
                            "Action": [
                                "logs:CreateLogGroup",
                                "logs:CreateLogStream",
                                "logs:DescribeLogStreams",
                                "logs:GetLogEvents",
                                "logs:FilterLogEvents",
                                "logs:PutLogEvents",
                            ],
                            # API Gateway names its execution log groups itself.
                            "Resource": [
                                Output.concat(groups, "API-Gateway-Execution-Logs_*"),
                                Output.concat(groups, "/aws/apigateway/*"),
                            ],
                        },
                        {
                            "Effect": "Allow",
                            "Action": "logs:DescribeLogGroups",
                            "Resource": "*",  # a list call, it knows no resource
                        },
                    ],
                }
            ),
        )
        self._transforms.policy(args)
        return iam.RolePolicy(f"{self._name}-policy", args, opts=self._child)

    def _account(self, role: iam.Role, policy: iam.RolePolicy) -> apigateway.Account:
        args = apigateway.AccountArgs(cloudwatch_role_arn=role.arn)
        self._transforms.account(args)
        # API Gateway tries the role at once, so its policy must be there.
        return apigateway.Account(
            self._name, args, opts=pulumi.ResourceOptions(parent=self, depends_on=[policy])
        )
