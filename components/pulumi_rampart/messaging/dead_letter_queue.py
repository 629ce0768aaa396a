"""Where something rests that failed for good, and the alarm that says so.

Creates, in order:
    <name>         aws.sqs.Queue                the dead letters
    <name>-policy  aws.sqs.QueuePolicy          TLS only, and the services that may send
    <name>-alarm   aws.cloudwatch.MetricAlarm   there is one
"""

from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, sqs

from pulumi_rampart.alarm import alarm
from pulumi_rampart.arguments import Matching, checked
from pulumi_rampart.boundary.args import DATA_CLASS_TAG, Boundary, boundary_of
from pulumi_rampart.component import Component
from pulumi_rampart.messaging.fifo import check_fifo_name, fifo_inputs
from pulumi_rampart.messaging.queue_alarms import DeadLetterAlarmChoices
from pulumi_rampart.messaging.queue_policy import Sender, queue_policy
from pulumi_rampart.permission import Permission, key_statement, permission

# The longest SQS keeps a message.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
RETENTION_SECONDS = 1_209_600
PERIOD_SECONDS = 60
REPLAY_TAG = "replay-to"
RECORD = "record"
"""In place of an ARN: each letter is Lambda's own record of what failed, and names the function.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
"""
REPLAY_TO = Matching(
    rf"arn:.+|{RECORD}",
    f"name where the letters came from by its ARN, or `{RECORD}` where each of them says it.",
)


class DeadLetterQueueArgs(TypedDict):
    """Whose dead letters these are."""

    boundary: Input[Boundary]
    """Key and alarm topic."""
    senders: NotRequired[list[Sender]]
    """AWS services that may send. Default none: a redrive or a role with `send()`."""
    fifo: NotRequired[bool]
    """Whether it keeps the order of message groups: the dead letters of a FIFO queue, or of a FIFO
    topic. Default false."""
    replay_to: NotRequired[Input[Annotated[str, REPLAY_TO]]]
    """Where its letters go back to, kept as the tag `replay-to`: the ARN of a queue, topic, bus,
    function or state machine; or `record`, when each letter is Lambda's own record of a failed
    asynchronous call or of a failed batch of a stream, which names the function. Default no tag:
    they go back to the queues that the redrive allow policy names."""
    alarms: NotRequired[DeadLetterAlarmChoices]
    """Limit of the alarm, or that it is off. Default one message fires it."""


class DeadLetterQueue(Component):
    """An encrypted queue that keeps what failed for 14 days and raises an alarm.

    Example:
        dead = DeadLetterQueue("jobs-dead", {"boundary": boundary.args})
    """

    NAMES = (("{name}", sqs.Queue), ("{name}-alarm", cloudwatch.MetricAlarm))

    url: Output[str]
    """Where it is inspected and replayed from."""
    arn: Output[str]
    """What redrive policies and destinations name."""

    def __init__(
        self, name: str, args: DeadLetterQueueArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, DeadLetterQueueArgs)
        self._boundary = boundary_of(self._args["boundary"])
        if self._args.get("fifo", False):
            check_fifo_name(name, name)
        super().__init__(name, opts, boundary=self._boundary)

        self.queue = self._queue()
        self.policy = self._policy()
        self._choices = self._args.get("alarms", {})
        self.alarm = None if "dead_letters" in self._choices.get("off", []) else self._alarm()

        self.url, self.arn = self.queue.url, self.queue.arn
        self.register_outputs()

    def _queue(self) -> sqs.Queue:
        tags: dict[str, Input[str]] = {DATA_CLASS_TAG: self._boundary["data_class"]}
        if "replay_to" in self._args:
            tags[REPLAY_TAG] = self._args["replay_to"]
        return self.child(
            sqs.Queue,
            "",
            message_retention_seconds=RETENTION_SECONDS,
            kms_master_key_id=self._boundary["key_arn"],
            tags=tags,
            **fifo_inputs(fifo=self._args.get("fifo", False)),
        )

    def _policy(self) -> sqs.QueuePolicy:
        senders = self._args.get("senders", [])
        return self.child(
            sqs.QueuePolicy,
            "policy",
            queue_url=self.queue.url,
            policy=queue_policy(self.queue, senders, self._boundary["account_id"]),
        )

    def _alarm(self) -> cloudwatch.MetricAlarm:
        return self.child(
            cloudwatch.MetricAlarm,
            "alarm",
            **alarm(
                topic_arn=self._boundary["alarm_topic_arn"],
                description=f"{self._name} holds a message: see docs/runbooks/dead-letters.md",
                namespace="AWS/SQS",
                metric="ApproximateNumberOfMessagesVisible",
                dimensions={"QueueName": self.queue.name},
                statistic="Maximum",
                threshold=self._choices.get("dead_letters", 0),
                # Nothing is gained by waiting: a message there stays there.
                period_seconds=self._choices.get("period_seconds", PERIOD_SECONDS),
            ),
        )

    def send(self) -> Permission:
        """Allow putting messages into the queue."""
        return permission(
            self._name,
            self._boundary,
            {"actions": ["sqs:SendMessage"], "resources": [self.arn]},
            key_statement(self._boundary, "sqs", "kms:Decrypt", "kms:GenerateDataKey"),
        )
