"""A work queue that cannot lose a message silently.

Creates, in order:
    <name>-dead     DeadLetterQueue             where a message rests after its last failure
    <name>          aws.sqs.Queue               the queue producers write to
    <name>-redrive  aws.sqs.RedriveAllowPolicy  no other queue may use our dead letters
    <name>-policy   aws.sqs.QueuePolicy         TLS only, and the services that may send
    <name>-age      aws.cloudwatch.MetricAlarm  the oldest message waits too long
"""

from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
from pulumi import Output
from pulumi_aws import cloudwatch, lambda_, sqs

from pulumi_rampart._alarm import alarm_args
from pulumi_rampart._arguments import require_between
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.security_boundary import DATA_CLASS_TAG, Boundary
from pulumi_rampart.functions.function import LambdaFunction
from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue, Sender, queue_policy
from pulumi_rampart.permission import Permission, key_statement

# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
MAX_VISIBILITY_SECONDS = 43_200
# The clock of a message goes on when it moves to the dead letters: the less time it may spend
# here, the longer it can be inspected there.
RETENTION_SECONDS = 345_600
OLDEST_MESSAGE_SECONDS = 300


class ObservedQueueArgs(TypedDict):
    """What a system decides about its queue."""

    boundary: Boundary
    """The wall: key, alarm topic."""
    consumer_timeout_seconds: int
    """Timeout of the function that reads this queue; visibility is six times as long."""
    max_receives: NotRequired[int]
    """Deliveries before a message is declared dead, 1 to 1000. Default 3."""
    senders: NotRequired[list[Sender]]
    """AWS services that may send. Default none: only roles with `send()`."""


@dataclass(frozen=True, kw_only=True)
class ObservedQueueTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    queue: Transform[sqs.QueueArgs] = unchanged
    redrive: Transform[sqs.RedriveAllowPolicyArgs] = unchanged
    policy: Transform[sqs.QueuePolicyArgs] = unchanged
    age: Transform[cloudwatch.MetricAlarmArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class ObservedQueueNodes:
    """The raw resources."""

    queue: sqs.Queue
    redrive: sqs.RedriveAllowPolicy
    policy: sqs.QueuePolicy
    age: cloudwatch.MetricAlarm


class ObservedQueue(pulumi.ComponentResource):
    """An encrypted queue, its dead letters, and alarms on both.

    Example:
        jobs = ObservedQueue("jobs", {"boundary": boundary.args, "consumer_timeout_seconds": 60})
        jobs.subscribe("jobs-to-worker", worker, batch_size=10)
    """

    url: Output[str]
    """Where producers send."""
    arn: Output[str]
    """What policies and event sources name."""
    dead_letter_arn: Output[str]
    """Where messages rest that failed for good."""
    max_receives: int
    """Deliveries before a message is declared dead."""

    def __init__(
        self,
        name: str,
        args: ObservedQueueArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: ObservedQueueTransforms = ObservedQueueTransforms(),
    ) -> None:
        super().__init__("rampart:index:ObservedQueue", name, None, opts)
        self._consumer_timeout_seconds = require_between(
            f"{name}.consumer_timeout_seconds",
            args["consumer_timeout_seconds"],
            1,
            MAX_VISIBILITY_SECONDS // 6,
            f"visibility is six times as long and SQS allows {MAX_VISIBILITY_SECONDS} seconds.",
        )
        self.max_receives = require_between(
            f"{name}.max_receives",
            args.get("max_receives", 3),
            1,
            1000,
            "a message that fails that often is a dead letter.",
        )
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        self.dead = DeadLetterQueue(f"{name}-dead", {"boundary": self._boundary}, self._child)
        queue = self._queue()
        redrive = self._redrive(queue)
        policy = self._policy(queue)
        age = self._age(queue)

        self.nodes = ObservedQueueNodes(queue=queue, redrive=redrive, policy=policy, age=age)
        self.url, self.arn, self.dead_letter_arn = queue.url, queue.arn, self.dead.arn
        self.register_outputs(
            {"url": self.url, "arn": self.arn, "deadLetterArn": self.dead_letter_arn}
        )

    def _queue(self) -> sqs.Queue:
        args = sqs.QueueArgs(
            # AWS: at least six function timeouts, or throttled retries deliver it twice.
            # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
            visibility_timeout_seconds=self._consumer_timeout_seconds * 6,
            message_retention_seconds=RETENTION_SECONDS,
            kms_master_key_id=self._boundary["key_arn"],
            tags={DATA_CLASS_TAG: self._boundary["data_class"]},
            redrive_policy=Output.json_dumps(
                {"deadLetterTargetArn": self.dead.arn, "maxReceiveCount": self.max_receives}
            ),
        )
        self._transforms.queue(args)
        return sqs.Queue(self._name, args, opts=self._child)

    def _redrive(self, queue: sqs.Queue) -> sqs.RedriveAllowPolicy:
        args = sqs.RedriveAllowPolicyArgs(
            queue_url=self.dead.url,
            redrive_allow_policy=Output.json_dumps(
                {"redrivePermission": "byQueue", "sourceQueueArns": [queue.arn]}
            ),
        )
        self._transforms.redrive(args)
        return sqs.RedriveAllowPolicy(f"{self._name}-redrive", args, opts=self._child)

    def _policy(self, queue: sqs.Queue) -> sqs.QueuePolicy:
        args = sqs.QueuePolicyArgs(
            queue_url=queue.url,
            policy=queue_policy(queue, self._args.get("senders", []), self._boundary["account_id"]),
        )
        self._transforms.policy(args)
        return sqs.QueuePolicy(f"{self._name}-policy", args, opts=self._child)

    def _age(self, queue: sqs.Queue) -> cloudwatch.MetricAlarm:
        args = alarm_args(
            topic_arn=self._boundary["alarm_topic_arn"],
            description=f"The oldest message of {self._name} waits too long",
            namespace="AWS/SQS",
            metric="ApproximateAgeOfOldestMessage",
            dimensions={"QueueName": queue.name},
            statistic="Maximum",
            threshold=OLDEST_MESSAGE_SECONDS,
        )
        self._transforms.age(args)
        return cloudwatch.MetricAlarm(f"{self._name}-age", args, opts=self._child)

    def send(self) -> Permission:
        """Allow putting messages into the queue."""
        return self._permission(["sqs:SendMessage"], ["kms:Decrypt", "kms:GenerateDataKey"])

    def consume(self) -> Permission:
        """Allow what an event source mapping does in the consumer's name, and delaying a retry."""
        return self._permission(
            [
                "sqs:ChangeMessageVisibility",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:ReceiveMessage",
            ],
            ["kms:Decrypt"],
        )

    def subscribe(
        self,
        name: str,
        function: LambdaFunction,
        *,
        batch_size: int = 10,
        maximum_concurrency: int = 5,
    ) -> lambda_.EventSourceMapping:
        """Deliver messages to `function`, which has `consume()` among its permissions.

        The function answers which messages failed; the others are not delivered again.

        Args:
            name: of the mapping, unique in the stack.
            function: the consumer.
            batch_size: messages a call, 1 to 10 without a batching window.
            maximum_concurrency: most consumers at a time, 2 to 1000 (the service's limits).
        """
        return lambda_.EventSourceMapping(
            name,
            event_source_arn=self.arn,
            function_name=function.arn,
            batch_size=require_between(
                f"{name}.batch_size", batch_size, 1, 10, "SQS hands out ten at a time."
            ),
            function_response_types=["ReportBatchItemFailures"],
            scaling_config={
                "maximum_concurrency": require_between(
                    f"{name}.maximum_concurrency",
                    maximum_concurrency,
                    2,
                    1000,
                    "use the function's reserved concurrency for one at a time.",
                )
            },
            opts=pulumi.ResourceOptions(parent=self, depends_on=[function.role.nodes.policy]),
        )

    def _permission(self, actions: list[str], key_actions: list[str]) -> Permission:
        key = key_statement(self._boundary["key_arn"], self._boundary["region"], "sqs", key_actions)
        return {"statements": [{"actions": actions, "resources": [self.arn]}, key]}
