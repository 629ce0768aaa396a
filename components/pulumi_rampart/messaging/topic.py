"""A topic whose messages reach every subscriber, or the dead letters of the one they did not reach.

Creates, in order:
    <name>         aws.sns.Topic                encrypted with the customer key
    <name>-policy  aws.sns.TopicPolicy          TLS only, and the services that may publish
    <name>-failed  aws.cloudwatch.MetricAlarm   deliveries that failed for good
    <name>-lost    aws.cloudwatch.MetricAlarm   and could not be put into the dead letters either

and for each `deliver(...)`:
    <delivery>-undelivered  DeadLetterQueue           what did not reach this subscriber
    <delivery>              aws.sns.TopicSubscription
"""

from typing import Annotated, NotRequired, TypedDict, Unpack

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, sns

from pulumi_rampart.alarm import COUNT, FIVE_MINUTES, AlarmChoices, alarm
from pulumi_rampart.arguments import Distinct, OneOf, checked, refused
from pulumi_rampart.boundary.args import Boundary, boundary_of
from pulumi_rampart.component import Component
from pulumi_rampart.documents import policy, tls_only
from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue
from pulumi_rampart.messaging.delivery import DeliveryArgs, check_delivery, delivery_inputs
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.messaging.queue_policy import SNS, Sender
from pulumi_rampart.permission import Permission, key_statement, permission

OFF = OneOf(("failed", "lost"), "these are a topic's alarms.")


class TopicAlarmChoices(AlarmChoices):
    """When a topic is worth an alarm."""

    failed: NotRequired[Annotated[float, COUNT]]
    """Deliveries in a period that failed for good, above which it fires. Default 0."""
    lost: NotRequired[Annotated[float, COUNT]]
    """Of these, those that could not be put into the dead letters. Default 0."""
    off: NotRequired[Annotated[list[Annotated[str, OFF]], Distinct()]]
    """Alarms that are not made: failed, lost. Default both are made."""


class TopicArgs(TypedDict):
    """What a system decides about its topic."""

    boundary: Input[Boundary]
    """Key and alarm topic."""
    fifo: NotRequired[bool]
    """Whether messages of one group reach FIFO queues in the order they were published, and
    duplicates within five minutes not at all. Default false."""
    content_based_deduplication: NotRequired[bool]
    """FIFO only: whether messages of the same body are duplicates when they carry no deduplication
    id. Default false: every message has to carry one."""
    senders: NotRequired[list[Sender]]
    """AWS services that may publish. Default none: only roles with `publish()`."""
    alarms: NotRequired[TopicAlarmChoices]
    """Limits of its alarms, and which are off. Default one message that was not delivered."""


class Topic(Component):
    """An encrypted topic that delivers into queues and keeps what it could not deliver.

    Example:
        accepted = Topic("accepted", {"boundary": boundary.args})
        jobs = ObservedQueue("jobs", {
            "boundary": boundary.args, "consumer_timeout_seconds": 60,
            "senders": [accepted.sender],
        })
    """

    NAMES = (
        ("{name}", sns.Topic),
        ("{name}-failed", cloudwatch.MetricAlarm),
        ("{name}-lost", cloudwatch.MetricAlarm),
    )

    arn: Output[str]
    """What publishers name."""

    def __init__(
        self, name: str, args: TopicArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, TopicArgs)
        self._boundary = boundary_of(self._args["boundary"])
        self.is_fifo = self._args.get("fifo", False)
        """Whether it keeps the order of message groups."""
        self._check(name)
        super().__init__(name, opts, boundary=self._boundary)

        self._choices = self._args.get("alarms", {})
        off = self._choices.get("off", [])
        self.topic = self._topic()
        self.policy = self._policy()
        self.failed = None if "failed" in off else self._failed()
        self.lost = None if "lost" in off else self._lost()
        self.undelivered: dict[str, DeadLetterQueue] = {}
        """By the names of the deliveries, what did not get through."""

        self.arn = self.topic.arn
        self.register_outputs()

    def _check(self, name: str) -> None:
        if "content_based_deduplication" in self._args and not self.is_fifo:
            raise refused(
                name,
                "content_based_deduplication",
                "only FIFO topics have it; set `fifo`, or leave it out.",
            )

    def _topic(self) -> sns.Topic:
        return self.child(
            sns.Topic,
            "",
            kms_master_key_id=self._boundary["key_arn"],
            fifo_topic=self.is_fifo or None,
            content_based_deduplication=self._args.get("content_based_deduplication"),
            # Like that of the queues: duplicates and the limit of requests count by message group.
            # https://docs.aws.amazon.com/sns/latest/dg/fifo-high-throughput.html
            fifo_throughput_scope="MessageGroup" if self.is_fifo else None,
        )

    def _policy(self) -> sns.TopicPolicy:
        senders = (
            {
                "Effect": "Allow",
                "Principal": {"Service": sender["service"]},
                "Action": "sns:Publish",
                "Resource": self.topic.arn,
                "Condition": {
                    "ArnEquals": {"aws:SourceArn": sender["source_arn"]},
                    "StringEquals": {"aws:SourceAccount": self._boundary["account_id"]},
                },
            }
            for sender in self._args.get("senders", [])
        )
        return self.child(
            sns.TopicPolicy,
            "policy",
            arn=self.topic.arn,
            policy=policy(tls_only("sns:Publish", self.topic.arn), *senders),
        )

    def _failed(self) -> cloudwatch.MetricAlarm:
        what = "could not be delivered: see the dead letters of its subscriptions"
        limit = self._choices.get("failed", 0)
        return self._alarm("failed", "NumberOfNotificationsFailed", what, limit)

    def _lost(self) -> cloudwatch.MetricAlarm:
        what = "could not be delivered and not be kept: they are gone"
        limit = self._choices.get("lost", 0)
        return self._alarm("lost", "NumberOfNotificationsFailedToRedriveToDlq", what, limit)

    def _alarm(self, part: str, metric: str, what: str, limit: float) -> cloudwatch.MetricAlarm:
        return self.child(
            cloudwatch.MetricAlarm,
            part,
            # https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
            **alarm(
                topic_arn=self._boundary["alarm_topic_arn"],
                description=f"Messages of {self._name} {what}",
                namespace="AWS/SNS",
                metric=metric,
                dimensions={"TopicName": self.topic.name},
                threshold=limit,
                period_seconds=self._choices.get("period_seconds", FIVE_MINUTES),
            ),
        )

    @property
    def sender(self) -> Sender:
        """The topic as a queue lists it among its `senders`, so that it may deliver there."""
        return {"service": SNS, "source_arn": self.arn}

    def publish(self) -> Permission:
        """Allow publishing to the topic."""
        return permission(
            self._name,
            self._boundary,
            {"actions": ["sns:Publish"], "resources": [self.arn]},
            key_statement(self._boundary, "sns", "kms:Decrypt", "kms:GenerateDataKey"),
        )

    def deliver(
        self, name: str, queue: ObservedQueue, **choices: Unpack[DeliveryArgs]
    ) -> sns.TopicSubscription:
        """Deliver messages into `queue`, which has `sender` among its senders.

            accepted.deliver("accepted-to-jobs", jobs, filter='{"kind": ["order"]}')

        Args:
            name: of the subscription, unique in the stack.
            queue: the subscriber.
            choices: see `DeliveryArgs`.

        Raises:
            ArgumentError: the queue does not let the topic in or keeps another order, or a choice
                is refused.
        """
        chosen = checked(name, choices, DeliveryArgs)
        check_delivery(name, chosen)
        self._check_subscriber(name, queue)
        opts = pulumi.ResourceOptions(parent=self)
        dead = DeadLetterQueue(
            f"{name}-undelivered",
            {
                "boundary": self._boundary,
                "senders": [self.sender],
                # https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
                "fifo": self.is_fifo,
                "replay_to": queue.arn,
            },
            opts,
        )
        self.undelivered[name] = dead
        return sns.TopicSubscription(
            name,
            topic=self.arn,
            protocol="sqs",
            endpoint=queue.arn,
            redrive_policy=Output.json_dumps({"deadLetterTargetArn": dead.arn}),
            # A message that arrives before a queue lets the topic in becomes a dead letter, and one
            # that comes before the dead letters do is lost.
            opts=pulumi.ResourceOptions.merge(
                opts, pulumi.ResourceOptions(depends_on=[queue.policy, dead.policy])
            ),
            **delivery_inputs(chosen),
        )

    def _check_subscriber(self, name: str, queue: ObservedQueue) -> None:
        if not queue.takes_from(SNS, self.arn):
            raise refused(
                name,
                "queue",
                f"does not let {self._name} in; add the topic's `sender` to the queue's `senders`.",
            )
        # A FIFO topic delivers into standard queues, too, but in no order.
        # https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html
        if queue.is_fifo and not self.is_fifo:
            raise refused(
                name,
                "queue",
                f"keeps order, and {self._name} knows none; set `fifo` of the topic, or take a "
                "standard queue.",
            )
