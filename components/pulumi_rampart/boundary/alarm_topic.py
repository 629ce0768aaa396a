"""Where every alarm goes.

Creates, in order:
    <name>            aws.sns.Topic               encrypted with the customer key
    <name>-policy     aws.sns.TopicPolicy         this account's alarms publish, over TLS
    <name>-email-<n>  aws.sns.TopicSubscription   who is told
"""

from typing import Annotated, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import sns

from pulumi_rampart.arguments import Distinct, Matching, checked
from pulumi_rampart.component import Component
from pulumi_rampart.documents import policy, tls_only

EMAIL = Matching(r"[^@\s]+@[^@\s]+\.[^@\s]+", "name a mailbox: operations@example.com.")


class AlarmTopicArgs(TypedDict):
    """Whose alarms, and who is told."""

    account_id: Input[str]
    """Only alarms of this account may publish."""
    key_arn: Input[str]
    """Encrypts the messages."""
    emails: Annotated[list[Annotated[str, EMAIL]], Distinct()]
    """Who is told; may be empty."""


class AlarmTopic(Component):
    """An encrypted topic that takes alarms and nothing else; a part of `SecurityBoundary`.

    Example:
        alarms = AlarmTopic("alarms", {"account_id": "123456789012", "key_arn": key.arn,
                                       "emails": ["operations@example.com"]})
    """

    NAMES = (("{name}", sns.Topic),)

    arn: Output[str]
    """What alarms name as their action."""

    def __init__(
        self, name: str, args: AlarmTopicArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, AlarmTopicArgs)
        super().__init__(name, opts)

        self.topic = self._topic()
        self.policy = self._policy()
        self.subscriptions = self._subscriptions()

        self.arn = self.topic.arn
        self.register_outputs()

    def _topic(self) -> sns.Topic:
        return self.child(sns.Topic, "", kms_master_key_id=self._args["key_arn"])

    def _policy(self) -> sns.TopicPolicy:
        alarms = {
            "Sid": "AlarmsOfThisAccount",
            "Effect": "Allow",
            "Principal": {"Service": "cloudwatch.amazonaws.com"},
            "Action": "sns:Publish",
            "Resource": self.topic.arn,
            "Condition": {"StringEquals": {"aws:SourceAccount": self._args["account_id"]}},
        }
        return self.child(
            sns.TopicPolicy,
            "policy",
            arn=self.topic.arn,
            policy=policy(alarms, tls_only("sns:Publish", self.topic.arn)),
        )

    def _subscriptions(self) -> list[sns.TopicSubscription]:
        return [
            self.child(
                sns.TopicSubscription,
                f"email-{index}",
                topic=self.topic.arn,
                protocol="email",
                endpoint=email,
            )
            for index, email in enumerate(self._args["emails"])
        ]
