"""A work queue that cannot lose a message silently.

Creates, in order:
    <name>-dead     DeadLetterQueue             where a message rests after its last failure
    <name>          aws.sqs.Queue               the queue producers write to
    <name>-redrive  aws.sqs.RedriveAllowPolicy  no other queue may use these dead letters
    <name>-policy   aws.sqs.QueuePolicy         TLS only, and the services that may send
    <name>-age      aws.cloudwatch.MetricAlarm  the oldest message waits too long
"""

from typing import Annotated, NotRequired, TypedDict, Unpack

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, lambda_, sqs

from pulumi_rampart.alarm import FIVE_MINUTES, alarm
from pulumi_rampart.arguments import Between, checked, refused
from pulumi_rampart.boundary.args import DATA_CLASS_TAG, Boundary, boundary_of
from pulumi_rampart.component import Component
from pulumi_rampart.functions.function import LambdaFunction
from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue, Sender, queue_policy
from pulumi_rampart.messaging.queue_alarms import DeadLetterAlarmChoices, QueueAlarmChoices
from pulumi_rampart.messaging.subscription import BATCH_SIZE, SubscriptionArgs, check_batches
from pulumi_rampart.permission import Permission, key_statement, permission

# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
MAX_VISIBILITY_SECONDS = 43_200
# AWS: at least six function timeouts, or throttled retries deliver a message twice.
# https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
VISIBILITY_TIMEOUTS = 6
# The clock of a message goes on when it moves to the dead letters: the less time it may spend
# here, the longer it can be inspected there.
RETENTION_SECONDS = 345_600
CONSUMER_TIMEOUT = Between(
    1,
    MAX_VISIBILITY_SECONDS // VISIBILITY_TIMEOUTS,
    f"visibility is six times as long and SQS allows {MAX_VISIBILITY_SECONDS} seconds.",
)
MAX_RECEIVES = Between(1, 1000, "a message that fails that often is a dead letter.")


class ObservedQueueArgs(TypedDict):
    """What a system decides about its queue."""

    boundary: Input[Boundary]
    """Key and alarm topic."""
    consumer_timeout_seconds: Annotated[int, CONSUMER_TIMEOUT]
    """Timeout of the function that reads this queue; visibility is six times as long."""
    max_receives: NotRequired[Annotated[int, MAX_RECEIVES]]
    """Deliveries before a message is declared dead, 1 to 1000. Default 3."""
    senders: NotRequired[list[Sender]]
    """AWS services that may send. Default none: only roles with `send()`."""
    alarms: NotRequired[QueueAlarmChoices]
    """Limits of its alarms, and which are off. Default a dead letter, or a message that waits five
    minutes longer than it is hidden from other consumers."""


class ObservedQueue(Component):
    """An encrypted queue, its dead letters, and alarms on both.

    Example:
        jobs = ObservedQueue("jobs", {"boundary": boundary.args, "consumer_timeout_seconds": 60})
        jobs.subscribe("jobs-to-worker", worker, batch_size=10)
    """

    NAMES = (
        ("{name}-dead", DeadLetterQueue),
        ("{name}", sqs.Queue),
        ("{name}-age", cloudwatch.MetricAlarm),
    )

    url: Output[str]
    """Where producers send."""
    arn: Output[str]
    """What policies and event sources name."""
    dead_letter_arn: Output[str]
    """Where messages rest that failed for good."""
    max_receives: int
    """Deliveries before a message is declared dead."""

    def __init__(
        self, name: str, args: ObservedQueueArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, ObservedQueueArgs)
        self._boundary = boundary_of(self._args["boundary"])
        self.max_receives = self._args.get("max_receives", 3)
        super().__init__(name, opts, boundary=self._boundary)

        self._choices = self._args.get("alarms", {})
        self.dead = self._dead()
        self.queue = self._queue()
        self.redrive = self._redrive()
        self.policy = self._policy()
        self.age = None if "age" in self._choices.get("off", []) else self._age()

        self.url, self.arn, self.dead_letter_arn = self.queue.url, self.queue.arn, self.dead.arn
        self.register_outputs()

    def _dead(self) -> DeadLetterQueue:
        # No `replay_to`: the queue, which names its dead letters, would have to be there before
        # them. Where they go back to is said by the redrive allow policy.
        alarms: DeadLetterAlarmChoices = {"dead_letters": self._choices.get("dead_letters", 0)}
        if "dead_letters" in self._choices.get("off", []):
            alarms["off"] = ["dead_letters"]
        return self.child(DeadLetterQueue, "dead", {"boundary": self._boundary, "alarms": alarms})

    def _queue(self) -> sqs.Queue:
        return self.child(
            sqs.Queue,
            "",
            visibility_timeout_seconds=self._hidden_seconds,
            message_retention_seconds=RETENTION_SECONDS,
            kms_master_key_id=self._boundary["key_arn"],
            tags={DATA_CLASS_TAG: self._boundary["data_class"]},
            redrive_policy=Output.json_dumps(
                {"deadLetterTargetArn": self.dead.arn, "maxReceiveCount": self.max_receives}
            ),
        )

    @property
    def _hidden_seconds(self) -> int:
        return self._args["consumer_timeout_seconds"] * VISIBILITY_TIMEOUTS

    def _redrive(self) -> sqs.RedriveAllowPolicy:
        return self.child(
            sqs.RedriveAllowPolicy,
            "redrive",
            queue_url=self.dead.url,
            redrive_allow_policy=Output.json_dumps(
                {"redrivePermission": "byQueue", "sourceQueueArns": [self.queue.arn]}
            ),
        )

    def _policy(self) -> sqs.QueuePolicy:
        senders = self._args.get("senders", [])
        return self.child(
            sqs.QueuePolicy,
            "policy",
            queue_url=self.queue.url,
            policy=queue_policy(self.queue, senders, self._boundary["account_id"]),
        )

    def _age(self) -> cloudwatch.MetricAlarm:
        return self.child(
            cloudwatch.MetricAlarm,
            "age",
            **alarm(
                topic_arn=self._boundary["alarm_topic_arn"],
                description=f"The oldest message of {self._name} waits too long",
                namespace="AWS/SQS",
                metric="ApproximateAgeOfOldestMessage",
                dimensions={"QueueName": self.queue.name},
                statistic="Maximum",
                threshold=self._choices.get(
                    "oldest_message_seconds", self._hidden_seconds + FIVE_MINUTES
                ),
                period_seconds=self._choices.get("period_seconds", FIVE_MINUTES),
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

    def consume(self) -> Permission:
        """Allow what an event source mapping does in the consumer's name, and delaying a retry."""
        return permission(
            self._name,
            self._boundary,
            {
                "actions": [
                    "sqs:ChangeMessageVisibility",
                    "sqs:DeleteMessage",
                    "sqs:GetQueueAttributes",
                    "sqs:ReceiveMessage",
                ],
                "resources": [self.arn],
            },
            key_statement(self._boundary, "sqs", "kms:Decrypt"),
        )

    def takes_from(self, service: str) -> bool:
        """Tell whether an AWS service is among the senders, for whichever resource."""
        return any(one["service"] == service for one in self._args.get("senders", []))

    def subscribe(
        self, name: str, function: LambdaFunction, **choices: Unpack[SubscriptionArgs]
    ) -> lambda_.EventSourceMapping:
        """Deliver messages to `function`, which has `consume()` among its permissions.

        The function answers which messages failed; the others are not delivered again.

        Args:
            name: of the mapping, unique in the stack.
            function: the consumer; it may take as long as the queue was told, and no longer.
            choices: see `SubscriptionArgs`.

        Raises:
            ArgumentError: the function may not consume or takes too long, or a choice is refused.
        """
        chosen = checked(name, choices, SubscriptionArgs)
        self._check_consumer(name, function)
        hidden = self._hidden_seconds - function.timeout_seconds
        check_batches(name, chosen, hidden_seconds=hidden)
        return lambda_.EventSourceMapping(
            name,
            event_source_arn=self.arn,
            function_name=function.arn,
            batch_size=chosen.get("batch_size", BATCH_SIZE),
            maximum_batching_window_in_seconds=chosen.get("batching_window_seconds", 0) or None,
            function_response_types=["ReportBatchItemFailures"],
            scaling_config={"maximum_concurrency": chosen.get("maximum_concurrency", 5)},
            tags=self.tags or None,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[function.role.policy]),
        )

    def _check_consumer(self, name: str, function: LambdaFunction) -> None:
        allowed = self._args["consumer_timeout_seconds"]
        if function.timeout_seconds > allowed:
            raise refused(
                name,
                "function",
                f"may take {function.timeout_seconds} s, but {self._name} hides a message for "
                f"{VISIBILITY_TIMEOUTS} times {allowed} s only and would deliver it twice; set "
                f"`consumer_timeout_seconds` of the queue to {function.timeout_seconds}.",
            )
        if not function.may(self.consume()):
            raise refused(
                name,
                "function",
                f"may not read {self._name}; add `consume()` of the queue to its `permissions`.",
            )
