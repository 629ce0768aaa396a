"""The account setting without which API Gateway writes no execution logs.

Creates, in order:
    <name>-role    aws.iam.Role            what API Gateway assumes to write
    <name>-policy  aws.iam.RolePolicy      its own log groups and no others
    <name>         aws.apigateway.Account  one an account and region: stacks that share them agree
All three stay when the stack is destroyed.
"""

from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import apigateway, iam

from pulumi_rampart.arguments import checked
from pulumi_rampart.component import Component
from pulumi_rampart.documents import policy, trust

# The account has one such setting for all APIs of the region: those of other stacks need it still.
# https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
_STAYS = pulumi.ResourceOptions(retain_on_delete=True)


class ApiGatewayLogsArgs(TypedDict):
    """Where the logs are."""

    region: Input[str]
    """Region of the APIs."""
    account_id: Input[str]
    """Account of the APIs."""


class ApiGatewayLogs(Component):
    """Lets API Gateway write execution logs; a part of `SecurityBoundary`.

    Example:
        ApiGatewayLogs("api-logs", {"region": "eu-central-1", "account_id": "123456789012"})
    """

    NAMES = (("{name}-role", iam.Role), ("{name}-policy", iam.RolePolicy))

    def __init__(
        self, name: str, args: ApiGatewayLogsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, ApiGatewayLogsArgs)
        super().__init__(name, opts)

        self.role = self._role()
        self.policy = self._policy()
        self.account = self._account()

        self.register_outputs()

    def _role(self) -> iam.Role:
        return self.child(
            iam.Role,
            "role",
            assume_role_policy=trust("apigateway.amazonaws.com", self._args["account_id"]),
            opts=_STAYS,
        )

    def _policy(self) -> iam.RolePolicy:
        groups = Output.concat(
            "arn:aws:logs:", self._args["region"], ":", self._args["account_id"], ":log-group:"
        )
        write = {
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
        }
        find = {
            "Effect": "Allow",
            "Action": "logs:DescribeLogGroups",
            "Resource": "*",  # a list call, it knows no resource
        }
        return self.child(
            iam.RolePolicy,
            "policy",
            role=self.role.name,
            policy=policy(write, find),
            opts=_STAYS,
        )

    def _account(self) -> apigateway.Account:
        return self.child(
            apigateway.Account,
            "",
            cloudwatch_role_arn=self.role.arn,
            # API Gateway tries the role at once, so its policy must be there.
            opts=pulumi.ResourceOptions.merge(
                _STAYS, pulumi.ResourceOptions(depends_on=[self.policy])
            ),
        )
