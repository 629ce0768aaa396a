"""Events of one kind, from a bus to the queue of the function that handles them.

Creates, in order:
    <name>              aws.cloudwatch.EventRule     which events
    <name>-queue        ObservedQueue                where they wait for their function
    <name>-undelivered  DeadLetterQueue              what EventBridge could not put into the queue
    <name>-target       aws.cloudwatch.EventTarget   from the rule into the queue
    <name>-failed       aws.cloudwatch.MetricAlarm   deliveries that failed
"""

from collections.abc import Mapping
from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch

from pulumi_rampart.alarm import FIVE_MINUTES, alarm
from pulumi_rampart.arguments import Length, checked
from pulumi_rampart.boundary.args import Boundary, boundary_of, prefixed
from pulumi_rampart.component import Component
from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue
from pulumi_rampart.messaging.event_input import (
    MAX_TEMPLATE,
    Paths,
    check_template,
    input_transformer,
)
from pulumi_rampart.messaging.event_pattern import EventPattern
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.messaging.queue_alarms import RouteAlarmChoices
from pulumi_rampart.messaging.queue_args import CONSUMER_TIMEOUT, MAX_RECEIVES
from pulumi_rampart.messaging.queue_policy import Sender

# EventBridge's own longest: a day and 185 attempts. An hour is enough to see the alarm.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
MAX_EVENT_AGE_SECONDS = 3600
MAX_RETRIES = 20
DEFAULT_BUS = "default"


class EventRouteArgs(TypedDict):
    """Which events go where."""

    boundary: Input[Boundary]
    """Key and alarm topic."""
    bus: Input[str]
    """Name of the bus; `default` is the one AWS services publish to."""
    pattern: Input[Annotated[str, EventPattern()]]
    """EventBridge pattern as JSON."""
    consumer_timeout_seconds: Annotated[int, CONSUMER_TIMEOUT]
    """Timeout of the function that handles them."""
    input_paths: NotRequired[Paths]
    """Parts of the event by a name each, for the template: `{"order": "$.detail.order_id"}`."""
    input_template: NotRequired[Annotated[str, Length(1, MAX_TEMPLATE, "leave out what is long.")]]
    """What the queue gets in place of the event, with `<order>` for a part of it. Default the event
    as a whole."""
    max_receives: NotRequired[Annotated[int, MAX_RECEIVES]]
    """Deliveries to the function before an event is a dead letter, 1 to 1000. Default 3."""
    alarms: NotRequired[RouteAlarmChoices]
    """Limits of its alarms, and which are off. Default those of `ObservedQueue`, and one event that
    could not be delivered."""


class EventRoute(Component):
    """A rule and a queue, so that a burst waits and a failure is kept.

    Example:
        paid = EventRoute("paid", {
            "boundary": boundary.args, "bus": "shop", "consumer_timeout_seconds": 30,
            "pattern": '{"source": ["shop.orders"], "detail-type": ["OrderPaid"]}',
        })
    """

    NAMES = (
        ("{prefix}-{name}", cloudwatch.EventRule),
        ("{name}-queue", ObservedQueue),
        ("{name}-undelivered", DeadLetterQueue),
        ("{name}-failed", cloudwatch.MetricAlarm),
    )

    rule_arn: Output[str]
    """The rule's ARN."""

    def __init__(
        self, name: str, args: EventRouteArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, EventRouteArgs)
        self._boundary = boundary_of(self._args["boundary"])
        self._paths = self._args.get("input_paths", {})
        self._template = self._args.get("input_template")
        check_template(name, self._paths, self._template)
        super().__init__(name, opts, boundary=self._boundary)

        self._choices = self._args.get("alarms", {})
        self.rule = self._rule()
        self.queue = self._queue()
        self.undelivered = self._undelivered()
        self.target = self._target()
        self.failed = None if "failed" in self._choices.get("off", []) else self._failed()

        self.rule_arn = self.rule.arn
        self.register_outputs()

    def _rule(self) -> cloudwatch.EventRule:
        return self.child(
            cloudwatch.EventRule,
            "",
            name=prefixed(self._boundary, self._name),
            event_bus_name=self._args["bus"],
            event_pattern=self._args["pattern"],
        )

    def _queue(self) -> ObservedQueue:
        return self.child(
            ObservedQueue,
            "queue",
            {
                "boundary": self._boundary,
                "consumer_timeout_seconds": self._args["consumer_timeout_seconds"],
                "max_receives": self._args.get("max_receives", 3),
                "senders": [self._sender()],
                "alarms": self._choices.get("queue", {}),
            },
        )

    def _undelivered(self) -> DeadLetterQueue:
        return self.child(
            DeadLetterQueue,
            "undelivered",
            {
                "boundary": self._boundary,
                "senders": [self._sender()],
                "replay_to": self.queue.arn,
            },
        )

    def _sender(self) -> Sender:
        return {"service": "events.amazonaws.com", "source_arn": self.rule.arn}

    def _target(self) -> cloudwatch.EventTarget:
        return self.child(
            cloudwatch.EventTarget,
            "target",
            rule=self.rule.name,
            event_bus_name=self._args["bus"],
            arn=self.queue.arn,
            input_transformer=input_transformer(self._paths, self._template),
            dead_letter_config={"arn": self.undelivered.arn},
            retry_policy={
                "maximum_event_age_in_seconds": MAX_EVENT_AGE_SECONDS,
                "maximum_retry_attempts": MAX_RETRIES,
            },
            # Events that arrive before the queue lets the rule in are lost.
            opts=pulumi.ResourceOptions(depends_on=[self.queue.policy, self.undelivered.policy]),
        )

    def _failed(self) -> cloudwatch.MetricAlarm:
        return self.child(
            cloudwatch.MetricAlarm,
            "failed",
            **alarm(
                topic_arn=self._boundary["alarm_topic_arn"],
                description=f"EventBridge could not deliver events of {self._name}",
                namespace="AWS/Events",
                metric="FailedInvocations",
                dimensions=self._dimensions(),
                threshold=self._choices.get("failed", 0),
                period_seconds=self._choices.get("period_seconds", FIVE_MINUTES),
            ),
        )

    def _dimensions(self) -> Input[Mapping[str, Input[str]]]:
        """Metrics of the default bus name the rule alone, those of other buses name both.

        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
        """
        return Output.all(self._args["bus"], self.rule.name).apply(
            lambda both: {
                **({} if both[0] == DEFAULT_BUS else {"EventBusName": both[0]}),
                "RuleName": both[1],
            }
        )
