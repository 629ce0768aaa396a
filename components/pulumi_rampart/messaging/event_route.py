"""Events of one kind, from a bus to the queue of the function that handles them.

Creates, in order:
    <name>              aws.cloudwatch.EventRule     which events
    <name>-queue        ObservedQueue                where they wait for their function
    <name>-undelivered  DeadLetterQueue              what EventBridge could not put into the queue
    <name>-target       aws.cloudwatch.EventTarget   from the rule into the queue
    <name>-failed       aws.cloudwatch.MetricAlarm   deliveries that failed
"""

from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch

from pulumi_rampart._alarm import alarm_args
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.security_boundary import Boundary
from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue
from pulumi_rampart.messaging.queue import ObservedQueue

# EventBridge's own longest: a day and 185 attempts. An hour is enough to see the alarm.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
MAX_EVENT_AGE_SECONDS = 3600
MAX_RETRIES = 20


class EventRouteArgs(TypedDict):
    """Which events go where."""

    boundary: Boundary
    """The wall: key, alarm topic."""
    bus: Input[str]
    """Name of the bus; `default` is the one AWS services publish to."""
    pattern: Input[str]
    """EventBridge pattern as JSON."""
    consumer_timeout_seconds: int
    """Timeout of the function that handles them."""
    max_receives: NotRequired[int]
    """Deliveries to the function before an event is a dead letter. Default 3."""


@dataclass(frozen=True, kw_only=True)
class EventRouteTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    rule: Transform[cloudwatch.EventRuleArgs] = unchanged
    target: Transform[cloudwatch.EventTargetArgs] = unchanged
    failed: Transform[cloudwatch.MetricAlarmArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class EventRouteNodes:
    """The raw resources."""

    rule: cloudwatch.EventRule
    target: cloudwatch.EventTarget
    failed: cloudwatch.MetricAlarm


class EventRoute(pulumi.ComponentResource):
    """A rule and a queue, so that a burst waits and a failure is kept.

    Example:
        paid = EventRoute("paid", {
            "boundary": boundary.args, "bus": "shop", "consumer_timeout_seconds": 30,
            "pattern": '{"source": ["shop.orders"], "detail-type": ["OrderPaid"]}',
        })
    """

    rule_arn: Output[str]
    """The rule's ARN."""

    def __init__(
        self,
        name: str,
        args: EventRouteArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: EventRouteTransforms = EventRouteTransforms(),
    ) -> None:
        super().__init__("rampart:index:EventRoute", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        rule = self._rule()
        self.queue = self._queue(rule)
        self.undelivered = self._undelivered(rule)
        target = self._target(rule)
        failed = self._failed(rule)

        self.nodes = EventRouteNodes(rule=rule, target=target, failed=failed)
        self.rule_arn = rule.arn
        self.register_outputs({"ruleArn": self.rule_arn})

    def _rule(self) -> cloudwatch.EventRule:
        args = cloudwatch.EventRuleArgs(
            name=f"{self._boundary['prefix']}-{self._name}",
            event_bus_name=self._args["bus"],
            event_pattern=self._args["pattern"],
        )
        self._transforms.rule(args)
        return cloudwatch.EventRule(self._name, args, opts=self._child)

    def _queue(self, rule: cloudwatch.EventRule) -> ObservedQueue:
        return ObservedQueue(
            f"{self._name}-queue",
            {
                "boundary": self._boundary,
                "consumer_timeout_seconds": self._args["consumer_timeout_seconds"],
                "max_receives": self._args.get("max_receives", 3),
                "senders": [{"service": "events.amazonaws.com", "source_arn": rule.arn}],
            },
            self._child,
        )

    def _undelivered(self, rule: cloudwatch.EventRule) -> DeadLetterQueue:
        return DeadLetterQueue(
            f"{self._name}-undelivered",
            {
                "boundary": self._boundary,
                "senders": [{"service": "events.amazonaws.com", "source_arn": rule.arn}],
            },
            self._child,
        )

    def _target(self, rule: cloudwatch.EventRule) -> cloudwatch.EventTarget:
        args = cloudwatch.EventTargetArgs(
            rule=rule.name,
            event_bus_name=self._args["bus"],
            arn=self.queue.arn,
            dead_letter_config=cloudwatch.EventTargetDeadLetterConfigArgs(arn=self.undelivered.arn),
            retry_policy=cloudwatch.EventTargetRetryPolicyArgs(
                maximum_event_age_in_seconds=MAX_EVENT_AGE_SECONDS,
                maximum_retry_attempts=MAX_RETRIES,
            ),
        )
        self._transforms.target(args)
        # Events that arrive before the queue lets the rule in are lost.
        return cloudwatch.EventTarget(
            f"{self._name}-target",
            args,
            opts=pulumi.ResourceOptions(
                parent=self,
                depends_on=[self.queue.nodes.policy, self.undelivered.nodes.policy],
            ),
        )

    def _failed(self, rule: cloudwatch.EventRule) -> cloudwatch.MetricAlarm:
        args = alarm_args(
            topic_arn=self._boundary["alarm_topic_arn"],
            description=f"EventBridge could not deliver events of {self._name}",
            namespace="AWS/Events",
            metric="FailedInvocations",
            dimensions={"RuleName": rule.name},
        )
        self._transforms.failed(args)
        return cloudwatch.MetricAlarm(f"{self._name}-failed", args, opts=self._child)
