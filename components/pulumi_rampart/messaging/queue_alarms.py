"""When queues, and the rules that fill them, are worth an alarm."""

from typing import Annotated, NotRequired

from pulumi_rampart.alarm import COUNT, AlarmChoices
from pulumi_rampart.arguments import Between, Distinct, OneOf

# The longest SQS keeps a message.
MAX_AGE_SECONDS = 1_209_600
OFF = OneOf(("age", "dead_letters"), "these are a queue's alarms.")


class DeadLetterAlarmChoices(AlarmChoices):
    """When dead letters are worth an alarm."""

    dead_letters: NotRequired[Annotated[float, COUNT]]
    """Messages above which it fires. Default 0."""
    off: NotRequired[
        Annotated[
            list[Annotated[str, OneOf(("dead_letters",), "it is a dead letter queue's alarm.")]],
            Distinct(),
        ]
    ]
    """Alarms that are not made: dead_letters. Default it is made."""


class QueueAlarmChoices(AlarmChoices):
    """When a queue is worth an alarm."""

    oldest_message_seconds: NotRequired[Annotated[int, Between(1, MAX_AGE_SECONDS)]]
    """Age of the oldest message above which it fires. Default five minutes more than a message is
    hidden while it is worked on: a first failure is retried after that time."""
    dead_letters: NotRequired[Annotated[float, COUNT]]
    """Dead letters above which it fires. Default 0."""
    off: NotRequired[Annotated[list[Annotated[str, OFF]], Distinct()]]
    """Alarms that are not made: age, dead_letters. Default both are made."""


class RouteAlarmChoices(AlarmChoices):
    """When a route is worth an alarm."""

    failed: NotRequired[Annotated[float, COUNT]]
    """Events in a period that could not be delivered for good, above which it fires. Default 0."""
    off: NotRequired[
        Annotated[list[Annotated[str, OneOf(("failed",), "it is the rule's alarm.")]], Distinct()]
    ]
    """Alarms of the rule that are not made: failed. Default it is made."""
    queue: NotRequired[QueueAlarmChoices]
    """The same for the queue. Default those of `ObservedQueue`."""
