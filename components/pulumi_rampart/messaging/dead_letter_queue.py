"""Where something rests that failed for good, and the alarm that says so.

Creates, in order:
    <name>         aws.sqs.Queue                the dead letters
    <name>-policy  aws.sqs.QueuePolicy          TLS only, and the services that may send
    <name>-alarm   aws.cloudwatch.MetricAlarm   there is one
"""

from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, sqs

from pulumi_rampart._alarm import alarm_args
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.security_boundary import DATA_CLASS_TAG, Boundary
from pulumi_rampart.permission import Permission, key_statement

# The longest SQS keeps a message.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
RETENTION_SECONDS = 1_209_600


class Sender(TypedDict):
    """An AWS service that may put messages into a queue."""

    service: str
    """Principal, e.g. `s3.amazonaws.com`."""
    source_arn: Input[str]
    """The one resource it may send for."""


class DeadLetterQueueArgs(TypedDict):
    """Whose dead letters these are."""

    boundary: Boundary
    """The wall: key, alarm topic."""
    senders: NotRequired[list[Sender]]
    """AWS services that may send. Default none: a redrive or a role with `send()`."""


@dataclass(frozen=True, kw_only=True)
class DeadLetterQueueTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    queue: Transform[sqs.QueueArgs] = unchanged
    policy: Transform[sqs.QueuePolicyArgs] = unchanged
    alarm: Transform[cloudwatch.MetricAlarmArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class DeadLetterQueueNodes:
    """The raw resources."""

    queue: sqs.Queue
    policy: sqs.QueuePolicy
    alarm: cloudwatch.MetricAlarm


class DeadLetterQueue(pulumi.ComponentResource):
    """An encrypted queue that keeps what failed for 14 days and raises an alarm.

    Example:
        dead = DeadLetterQueue("jobs-dead", {"boundary": boundary.args})
    """

    url: Output[str]
    """Where it is inspected and replayed from."""
    arn: Output[str]
    """What redrive policies and destinations name."""

    def __init__(
        self,
        name: str,
        args: DeadLetterQueueArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: DeadLetterQueueTransforms = DeadLetterQueueTransforms(),
    ) -> None:
        super().__init__("rampart:index:DeadLetterQueue", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        queue = self._queue()
        policy = self._policy(queue)
        alarm = self._alarm(queue)

        self.nodes = DeadLetterQueueNodes(queue=queue, policy=policy, alarm=alarm)
        self.url, self.arn = queue.url, queue.arn
        self.register_outputs({"url": self.url, "arn": self.arn})

    def _queue(self) -> sqs.Queue:
        args = sqs.QueueArgs(
            message_retention_seconds=RETENTION_SECONDS,
            kms_master_key_id=self._boundary["key_arn"],
            tags={DATA_CLASS_TAG: self._boundary["data_class"]},
        )
        self._transforms.queue(args)
        return sqs.Queue(self._name, args, opts=self._child)

    def _policy(self, queue: sqs.Queue) -> sqs.QueuePolicy:
        args = sqs.QueuePolicyArgs(
            queue_url=queue.url,
            policy=queue_policy(queue, self._args.get("senders", []), self._boundary["account_id"]),
        )
        self._transforms.policy(args)
        return sqs.QueuePolicy(f"{self._name}-policy", args, opts=self._child)

    def _alarm(self, queue: sqs.Queue) -> cloudwatch.MetricAlarm:
        args = alarm_args(
            topic_arn=self._boundary["alarm_topic_arn"],
            description=f"{self._name} holds a message: see docs/runbooks/dead-letters.md",
            namespace="AWS/SQS",
            metric="ApproximateNumberOfMessagesVisible",
            dimensions={"QueueName": queue.name},
            statistic="Maximum",
        )
        self._transforms.alarm(args)
        return cloudwatch.MetricAlarm(f"{self._name}-alarm", args, opts=self._child)

    def send(self) -> Permission:
        """Allow putting messages into the queue."""
        return {
            "statements": [
                {"actions": ["sqs:SendMessage"], "resources": [self.arn]},
                key_statement(
                    self._boundary["key_arn"],
                    self._boundary["region"],
                    "sqs",
                    ["kms:Decrypt", "kms:GenerateDataKey"],
                ),
            ]
        }


def queue_policy(queue: sqs.Queue, senders: list[Sender], account_id: Input[str]) -> Output[str]:
    """Return a queue policy: TLS only, and each sender for its one resource of this account."""
    statements: list[dict[str, Any]] = [
        {
            "Sid": "TlsOnly",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sqs:*",
            "Resource": queue.arn,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    ]
    statements.extend(
        {
            "Effect": "Allow",
            "Principal": {"Service": sender["service"]},
            "Action": "sqs:SendMessage",
            "Resource": queue.arn,
            "Condition": {
                "ArnEquals": {"aws:SourceArn": sender["source_arn"]},
                "StringEquals": {"aws:SourceAccount": account_id},
            },
        }
        for sender in senders
    )
    return Output.json_dumps({"Version": "2012-10-17", "Statement": statements})
