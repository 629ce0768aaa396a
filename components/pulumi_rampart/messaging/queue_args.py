"""What a system decides about a work queue, and the limits that SQS sets."""

from typing import Annotated, NotRequired, TypedDict

from pulumi import Input

from pulumi_rampart.arguments import AlsoCalled, Between, Distinct, refused
from pulumi_rampart.boundary.args import Boundary
from pulumi_rampart.messaging.fifo import check_fifo_name
from pulumi_rampart.messaging.queue_alarms import QueueAlarmChoices
from pulumi_rampart.messaging.queue_policy import ACCOUNT, Sender

# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
MAX_VISIBILITY_SECONDS = 43_200
MAX_RETENTION_DAYS = 14
# AWS: at least six function timeouts, or throttled retries deliver a message twice.
# https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
VISIBILITY_TIMEOUTS = 6
RETENTION_DAYS = 4
CONSUMER_TIMEOUT = Between(
    1,
    MAX_VISIBILITY_SECONDS // VISIBILITY_TIMEOUTS,
    f"visibility is six times as long and SQS allows {MAX_VISIBILITY_SECONDS} seconds.",
)
MAX_RECEIVES = Between(1, 1000, "a message that fails that often is a dead letter.")
RETENTION = Between(1, MAX_RETENTION_DAYS, "what has to be kept for longer belongs in a store.")


class ObservedQueueArgs(TypedDict):
    """What a system decides about its queue."""

    boundary: Input[Boundary]
    """Key and alarm topic."""
    consumer_timeout_seconds: Annotated[int, CONSUMER_TIMEOUT]
    """Timeout of the function that reads this queue; visibility is six times as long."""
    max_receives: NotRequired[Annotated[int, MAX_RECEIVES]]
    """Deliveries before a message is declared dead, 1 to 1000. Default 3."""
    retention_days: NotRequired[Annotated[int, RETENTION, AlsoCalled(("message_retention",))]]
    """How long a message waits to be consumed, 1 to 14 days. Default 4. Dead letters are kept for
    14 days: in a standard queue counted from when the message was first sent, so that one that has
    waited here for four days can be inspected for ten, and one that has waited for 14 not at all;
    in a FIFO queue counted from when it became a dead letter.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html"""
    fifo: NotRequired[bool]
    """Whether messages of one group are delivered in the order they were sent, and duplicates
    within five minutes not at all; the dead letter queue is FIFO, too. Default false."""
    content_based_deduplication: NotRequired[bool]
    """FIFO only: whether messages of the same body are duplicates when they carry no deduplication
    id. Default false: every message has to carry one."""
    high_throughput: NotRequired[bool]
    """FIFO only: whether duplicates and the limit of requests are counted by message group. False
    counts them over the whole queue, at 300 requests a second. Default true."""
    senders: NotRequired[list[Sender]]
    """AWS services that may send. Default none: only roles with `send()`."""
    accounts: NotRequired[Annotated[list[Annotated[str, ACCOUNT]], Distinct()]]
    """Other accounts whose roles may send, and may use the boundary's key for it; their own
    policies say which roles. Default none."""
    alarms: NotRequired[QueueAlarmChoices]
    """Limits of its alarms, and which are off. Default a dead letter, or a message that waits five
    minutes longer than it is hidden from other consumers."""


def check_order(name: str, args: ObservedQueueArgs) -> None:
    """Refuse what only FIFO queues have on another queue, and a name too long for one.

    Args:
        name: logical name of the queue.
        args: as the caller gave them.

    Raises:
        ArgumentError: names the argument and what to do.
    """
    if args.get("fifo", False):
        check_fifo_name(name, f"{name}-dead")
        return
    for key in ("content_based_deduplication", "high_throughput"):
        if key in args:
            raise refused(name, key, "only FIFO queues have it; set `fifo`, or leave it out.")
