"""Where every alarm goes.

Creates, in order:
    <name>            aws.sns.Topic               encrypted with the customer key
    <name>-policy     aws.sns.TopicPolicy         this account's alarms publish, over TLS
    <name>-email-<n>  aws.sns.TopicSubscription   who is told
"""

from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import sns

from pulumi_rampart._transform import Transform, unchanged


class AlarmTopicArgs(TypedDict):
    """Whose alarms, and who is told."""

    account_id: Input[str]
    """Only alarms of this account may publish."""
    key_arn: Input[str]
    """Encrypts the messages."""
    emails: list[str]
    """Who is told; may be empty."""


@dataclass(frozen=True, kw_only=True)
class AlarmTopicTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    topic: Transform[sns.TopicArgs] = unchanged
    policy: Transform[sns.TopicPolicyArgs] = unchanged
    subscriptions: Transform[sns.TopicSubscriptionArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class AlarmTopicNodes:
    """The raw resources."""

    topic: sns.Topic
    policy: sns.TopicPolicy
    subscriptions: tuple[sns.TopicSubscription, ...]


class AlarmTopic(pulumi.ComponentResource):
    """An encrypted topic that takes alarms and nothing else.

    Example:
        alarms = AlarmTopic("alarms", {"account_id": "123456789012", "key_arn": key.arn,
                                       "emails": ["operations@example.com"]})
    """

    arn: Output[str]
    """What alarms name as their action."""

    def __init__(
        self,
        name: str,
        args: AlarmTopicArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: AlarmTopicTransforms = AlarmTopicTransforms(),
    ) -> None:
        super().__init__("rampart:index:AlarmTopic", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._child = pulumi.ResourceOptions(parent=self)

        topic = self._topic()
        policy = self._policy(topic)
        subscriptions = self._subscriptions(topic)

        self.nodes = AlarmTopicNodes(topic=topic, policy=policy, subscriptions=subscriptions)
        self.arn = topic.arn
        self.register_outputs({"arn": self.arn})

    def _topic(self) -> sns.Topic:
        args = sns.TopicArgs(kms_master_key_id=self._args["key_arn"])
        self._transforms.topic(args)
        return sns.Topic(self._name, args, opts=self._child)

    def _policy(self, topic: sns.Topic) -> sns.TopicPolicy:
        args = sns.TopicPolicyArgs(
            arn=topic.arn,
            policy=Output.json_dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": "AlarmsOfThisAccount",
                            "Effect": "Allow",
                            "Principal": {"Service": "cloudwatch.amazonaws.com"},
                            "Action": "sns:Publish",
                            "Resource": topic.arn,
                            "Condition": {
                                "StringEquals": {"aws:SourceAccount": self._args["account_id"]}
                            },
                        },
                        {
                            "Sid": "TlsOnly",
                            "Effect": "Deny",
                            "Principal": "*",
                            "Action": "sns:Publish",
                            "Resource": topic.arn,
                            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                        },
                    ],
                }
            ),
        )
        self._transforms.policy(args)
        return sns.TopicPolicy(f"{self._name}-policy", args, opts=self._child)

    def _subscriptions(self, topic: sns.Topic) -> tuple[sns.TopicSubscription, ...]:
        subscriptions: list[sns.TopicSubscription] = []
        for index, email in enumerate(self._args["emails"]):
            args = sns.TopicSubscriptionArgs(topic=topic.arn, protocol="email", endpoint=email)
            self._transforms.subscriptions(args)
            subscriptions.append(
                sns.TopicSubscription(f"{self._name}-email-{index}", args, opts=self._child)
            )
        return tuple(subscriptions)
