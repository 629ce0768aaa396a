"""A work queue that cannot lose a message silently.

Creates, in order:
    <name>-dead     DeadLetterQueue             where a message rests after its last failure
    <name>          aws.sqs.Queue               the queue producers write to
    <name>-redrive  aws.sqs.RedriveAllowPolicy  no other queue may use these dead letters
    <name>-policy   aws.sqs.QueuePolicy         TLS only, the services and accounts that may send
    <name>-account-<id>  aws.kms.Grant          lets such an account use the key, for this queue
    <name>-age      aws.cloudwatch.MetricAlarm  the oldest message waits too long
"""

from typing import Unpack

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, kms, lambda_, sqs

from pulumi_rampart.alarm import FIVE_MINUTES, alarm
from pulumi_rampart.arguments import checked, refused
from pulumi_rampart.boundary.args import DATA_CLASS_TAG, boundary_of
from pulumi_rampart.component import Component
from pulumi_rampart.functions.function import LambdaFunction
from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue
from pulumi_rampart.messaging.fifo import fifo_inputs
from pulumi_rampart.messaging.queue_args import (
    RETENTION_DAYS,
    VISIBILITY_TIMEOUTS,
    ObservedQueueArgs,
    check_order,
)
from pulumi_rampart.messaging.queue_policy import queue_policy
from pulumi_rampart.messaging.subscription import SubscriptionArgs, check_batches, mapping_inputs
from pulumi_rampart.permission import Permission, key_statement, permission


class ObservedQueue(Component):
    """An encrypted queue, its dead letters, and alarms on both.

    Example:
        jobs = ObservedQueue("jobs", {"boundary": boundary.args, "consumer_timeout_seconds": 60})
        jobs.subscribe("jobs-to-worker", worker, batch_size=10)
    """

    NAMES = (
        ("{name}-dead", DeadLetterQueue),
        ("{name}", sqs.Queue),
        ("{name}-account-123456789012", kms.Grant),
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
        self.is_fifo = self._args.get("fifo", False)
        """Whether it keeps the order of message groups."""
        check_order(name, self._args)
        super().__init__(name, opts, boundary=self._boundary)

        self._choices = self._args.get("alarms", {})
        self.dead = self._dead()
        self.queue = self._queue()
        self.redrive = self._redrive()
        self.policy = self._policy()
        self.grants = [self._grant(account) for account in self._args.get("accounts", [])]
        self.age = None if "age" in self._choices.get("off", []) else self._age()

        self.url, self.arn, self.dead_letter_arn = self.queue.url, self.queue.arn, self.dead.arn
        self.register_outputs()

    def _dead(self) -> DeadLetterQueue:
        # No `replay_to`: the queue, which names its dead letters, would have to be there before
        # them. Where they go back to is said by the redrive allow policy.
        off = [one for one in self._choices.get("off", []) if one == "dead_letters"]
        return self.child(
            DeadLetterQueue,
            "dead",
            {
                "boundary": self._boundary,
                "fifo": self.is_fifo,
                "alarms": {"dead_letters": self._choices.get("dead_letters", 0), "off": off},
            },
        )

    def _queue(self) -> sqs.Queue:
        return self.child(
            sqs.Queue,
            "",
            visibility_timeout_seconds=self._hidden_seconds,
            message_retention_seconds=self._args.get("retention_days", RETENTION_DAYS) * 86_400,
            kms_master_key_id=self._boundary["key_arn"],
            tags={DATA_CLASS_TAG: self._boundary["data_class"]},
            redrive_policy=Output.json_dumps(
                {"deadLetterTargetArn": self.dead.arn, "maxReceiveCount": self.max_receives}
            ),
            **fifo_inputs(
                fifo=self.is_fifo,
                content_based_deduplication=self._args.get("content_based_deduplication", False),
                high_throughput=self._args.get("high_throughput", True),
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
        return self.child(
            sqs.QueuePolicy,
            "policy",
            queue_url=self.queue.url,
            policy=queue_policy(
                self.queue,
                self._args.get("senders", []),
                self._boundary["account_id"],
                self._args.get("accounts", []),
            ),
        )

    def _grant(self, account: str) -> kms.Grant:
        """SQS uses the key in the name of whoever sends, with the queue as encryption context.

        https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
        """
        return self.child(
            kms.Grant,
            f"account-{account}",
            key_id=self._boundary["key_arn"],
            grantee_principal=f"arn:aws:iam::{account}:root",
            operations=["Decrypt", "GenerateDataKey"],
            constraints=[{"encryption_context_equals": {"aws:sqs:arn": self.queue.arn}}],
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

    def takes_from(self, service: str, source_arn: Input[str] | None = None) -> bool:
        """Tell whether an AWS service is among the senders, for one resource or for whichever."""
        return any(
            one["service"] == service and source_arn in {None, one["source_arn"]}
            for one in self._args.get("senders", [])
        )

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
        check_batches(name, chosen, hidden_seconds=hidden, fifo=self.is_fifo)
        return lambda_.EventSourceMapping(
            name,
            event_source_arn=self.arn,
            function_name=function.arn,
            tags=self.tags or None,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[function.role.policy]),
            **mapping_inputs(chosen),
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
