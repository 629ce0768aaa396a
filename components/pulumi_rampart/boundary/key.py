"""The customer managed key that encrypts everything at rest.

Creates, in order:
    <name>        aws.kms.Key     rotated yearly, used by this account's services only
    <name>-alias  aws.kms.Alias   a name people can read
"""

from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import kms

from pulumi_rampart.arguments import checked
from pulumi_rampart.component import Component
from pulumi_rampart.documents import policy

# The longest KMS allows: time to notice that data would become unreadable.
DELETION_WINDOW_DAYS = 30

# Services that use the key when they deliver into encrypted queues and topics, and that say for
# whom: alarms and notifications of buckets. Topics say which of them it is, and EventBridge says
# nothing, see below.
# https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
_SAY_FOR_WHOM = ("cloudwatch", "s3")


class CustomerKeyArgs(TypedDict):
    """Where the key lives."""

    region: Input[str]
    """Region of the log groups it encrypts."""
    account_id: Input[str]
    """Account whose services may use it."""


class CustomerKey(Component):
    """A symmetric key with rotation and a policy that names who may use it.

    A part of `SecurityBoundary`.

    Example:
        key = CustomerKey("data", {"region": "eu-central-1", "account_id": "123456789012"})
    """

    NAMES = (("alias/{prefix}-{name}", kms.Alias),)

    arn: Output[str]
    """The key's ARN."""

    def __init__(
        self, name: str, args: CustomerKeyArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, CustomerKeyArgs)
        super().__init__(name, opts)

        self.key = self._key()
        self.alias = self._alias()

        self.arn = self.key.arn
        self.register_outputs()

    def _key(self) -> kms.Key:
        return self.child(
            kms.Key,
            "",
            description=f"Data at rest of {pulumi.get_project()} {pulumi.get_stack()}",
            enable_key_rotation=True,
            deletion_window_in_days=DELETION_WINDOW_DAYS,
            policy=self._policy(),
        )

    def _alias(self) -> kms.Alias:
        return self.child(
            kms.Alias,
            "alias",
            name=f"alias/{pulumi.get_project()}-{pulumi.get_stack()}-{self._name}",
            target_key_id=self.key.key_id,
        )

    def _policy(self) -> Output[str]:
        account, region = self._args["account_id"], self._args["region"]
        use = ["kms:Decrypt", "kms:GenerateDataKey*"]
        return policy(
            {
                # Without it nobody could ever change the policy again; access is then decided by
                # the account's own IAM policies.
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
                "Principal": {"Service": [f"{name}.amazonaws.com" for name in _SAY_FOR_WHOM]},
                "Action": use,
                "Resource": "*",
                "Condition": {"StringEquals": {"aws:SourceAccount": account}},
            },
            {
                # https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html
                "Sid": "TopicsOfThisAccountDeliver",
                "Effect": "Allow",
                "Principal": {"Service": "sns.amazonaws.com"},
                "Action": use,
                "Resource": "*",
                "Condition": {
                    "ArnLike": {
                        "aws:SourceArn": Output.concat("arn:aws:sns:", region, ":", account, ":*")
                    }
                },
            },
            {
                # Without a condition, as the service prescribes it: a delivery into an encrypted
                # queue is refused where the key asks for its source. Which rule may send is said
                # by the queue's own policy.
                # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html
                "Sid": "EventBridgeDelivers",
                "Effect": "Allow",
                "Principal": {"Service": "events.amazonaws.com"},
                "Action": [*use, "kms:DescribeKey"],
                "Resource": "*",
            },
            {
                # https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html
                "Sid": "ArchivesOfThisAccount",
                "Effect": "Allow",
                "Principal": {"Service": "events.amazonaws.com"},
                "Action": "kms:ReEncrypt*",
                "Resource": "*",
                "Condition": {
                    "ArnLike": {
                        "kms:EncryptionContext:aws:events:event-bus:arn": Output.concat(
                            "arn:aws:events:", region, ":", account, ":event-bus/*"
                        )
                    }
                },
            },
            {
                # What Step Functions hands to the log of a workflow; it is encrypted for this
                # context only.
                # https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
                "Sid": "LogsOfWorkflowsOfThisAccount",
                "Effect": "Allow",
                "Principal": {"Service": "delivery.logs.amazonaws.com"},
                "Action": "kms:Decrypt",
                "Resource": "*",
                "Condition": {
                    "StringEquals": {
                        "kms:EncryptionContext:SourceArn": Output.concat(
                            "arn:aws:logs:", region, ":", account, ":*"
                        )
                    }
                },
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
        )
