"""The most a role behind the boundary may ever be granted.

Creates:
    <name>   aws.iam.Policy   a permissions boundary: it grants nothing, it only limits
"""

from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import iam

from pulumi_rampart._transform import Transform, unchanged

# What functions do with the data services of their account. Nothing that changes identities,
# policies, keys, networks or the services' configuration.
_GRANTABLE = (
    "dynamodb:BatchGetItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
    "events:PutEvents",
    "lambda:InvokeFunction",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "rds-db:connect",
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "s3:ListBucket",
    "s3:ListBucketVersions",
    "s3:PutObject",
    "s3:PutObjectTagging",
    "secretsmanager:GetSecretValue",
    "sns:Publish",
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
    "ssm:GetParameter",
    "states:StartExecution",
)
_GRANTABLE_WITHOUT_RESOURCE = (
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
)


class RoleLimitArgs(TypedDict):
    """Whose roles are limited."""

    account_id: Input[str]
    """The account whose resources may be used."""
    key_arn: Input[str]
    """The one key that may be used."""


@dataclass(frozen=True, kw_only=True)
class RoleLimitTransforms:
    """Escape hatch: edits the child's arguments, after our defaults."""

    policy: Transform[iam.PolicyArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class RoleLimitNodes:
    """The raw resource."""

    policy: iam.Policy


class RoleLimit(pulumi.ComponentResource):
    """Caps every function's role: data services of this account, never identities or keys.

    Example:
        limit = RoleLimit("roles", {"account_id": "123456789012", "key_arn": key.arn})
    """

    arn: Output[str]
    """What roles name as their permissions boundary."""

    def __init__(
        self,
        name: str,
        args: RoleLimitArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: RoleLimitTransforms = RoleLimitTransforms(),
    ) -> None:
        super().__init__("rampart:index:RoleLimit", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._child = pulumi.ResourceOptions(parent=self)

        policy = self._policy()

        self.nodes = RoleLimitNodes(policy=policy)
        self.arn = policy.arn
        self.register_outputs({"arn": self.arn})

    def _policy(self) -> iam.Policy:
        args = iam.PolicyArgs(
            description="The most a function behind this boundary may be granted",
            policy=Output.json_dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": "DataServicesOfThisAccount",
                            "Effect": "Allow",
                            "Action": list(_GRANTABLE),
                            "Resource": "*",  # a cap, not a grant: roles name theirs
                            "Condition": {
                                "StringEquals": {"aws:ResourceAccount": self._args["account_id"]}
                            },
                        },
                        {
                            # These act on no resource, or on ones that exist only afterwards.
                            "Sid": "WithoutResources",
                            "Effect": "Allow",
                            "Action": list(_GRANTABLE_WITHOUT_RESOURCE),
                            "Resource": "*",
                        },
                        {
                            "Sid": "KeyOfThisBoundary",
                            "Effect": "Allow",
                            "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
                            "Resource": self._args["key_arn"],
                        },
                    ],
                }
            ),
        )
        self._transforms.policy(args)
        return iam.Policy(self._name, args, opts=self._child)
