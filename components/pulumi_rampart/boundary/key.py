"""The customer managed key that encrypts everything at rest.

Creates, in order:
    <name>        aws.kms.Key     rotated yearly, used by this account's services only
    <name>-alias  aws.kms.Alias   a name people can read
"""

from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import kms

from pulumi_rampart._transform import Transform, unchanged

# The longest KMS allows: time to notice that data would become unreadable.
DELETION_WINDOW_DAYS = 30

# Services that use the key on their own account when they deliver into encrypted stores.
_SERVICES = ("cloudwatch", "events", "s3", "sns")


class CustomerKeyArgs(TypedDict):
    """Where the key lives."""

    region: Input[str]
    """Region of the log groups it encrypts."""
    account_id: Input[str]
    """Account whose services may use it."""


@dataclass(frozen=True, kw_only=True)
class CustomerKeyTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    key: Transform[kms.KeyArgs] = unchanged
    alias: Transform[kms.AliasArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class CustomerKeyNodes:
    """The raw resources."""

    key: kms.Key
    alias: kms.Alias


class CustomerKey(pulumi.ComponentResource):
    """A symmetric key with rotation and a policy that names who may use it.

    Example:
        key = CustomerKey("data", {"region": "eu-central-1", "account_id": "123456789012"})
    """

    arn: Output[str]
    """The key's ARN."""

    def __init__(
        self,
        name: str,
        args: CustomerKeyArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: CustomerKeyTransforms = CustomerKeyTransforms(),
    ) -> None:
        super().__init__("rampart:index:CustomerKey", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._child = pulumi.ResourceOptions(parent=self)

        key = self._key()
        alias = self._alias(key)

        self.nodes = CustomerKeyNodes(key=key, alias=alias)
        self.arn = key.arn
        self.register_outputs({"arn": self.arn})

    def _key(self) -> kms.Key:
        args = kms.KeyArgs(
            description=f"Data at rest of {pulumi.get_project()} {pulumi.get_stack()}",
            enable_key_rotation=True,
            deletion_window_in_days=DELETION_WINDOW_DAYS,
            policy=self._policy(),
        )
        self._transforms.key(args)
        return kms.Key(self._name, args, opts=self._child)

    def _alias(self, key: kms.Key) -> kms.Alias:
        args = kms.AliasArgs(
            name=f"alias/{pulumi.get_project()}-{pulumi.get_stack()}-{self._name}",
            target_key_id=key.key_id,
        )
        self._transforms.alias(args)
        return kms.Alias(f"{self._name}-alias", args, opts=self._child)

    def _policy(self) -> Output[str]:
        account, region = self._args["account_id"], self._args["region"]
        use = ["kms:Decrypt", "kms:GenerateDataKey*"]
        return Output.json_dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        # Without it nobody could ever change the policy again; access is then
                        # decided by the account's own IAM policies.
                        # https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
                        "Sid": "AccountAdministers",
                        "Effect": "Allow",
                        "Principal": {"AWS": Output.concat("arn:aws:iam::", account, ":root")},
                        "Action": "kms:*",
                        "Resource": "*",
                    },
                    {
                        "Sid": "ServicesOfThisAccountDeliver",
                        "Effect": "Allow",
                        "Principal": {"Service": [f"{name}.amazonaws.com" for name in _SERVICES]},
                        "Action": use,
                        "Resource": "*",
                        "Condition": {"StringEquals": {"aws:SourceAccount": account}},
                    },
                    {
                        # https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
                        "Sid": "LogGroupsOfThisAccount",
                        "Effect": "Allow",
                        "Principal": {"Service": Output.concat("logs.", region, ".amazonaws.com")},
                        "Action": [*use, "kms:Encrypt", "kms:ReEncrypt*", "kms:DescribeKey"],
                        "Resource": "*",
                        "Condition": {
                            "ArnLike": {
                                "kms:EncryptionContext:aws:logs:arn": Output.concat(
                                    "arn:aws:logs:", region, ":", account, ":log-group:*"
                                )
                            }
                        },
                    },
                ],
            }
        )
