"""What makes a queue one that keeps order, first in, first out, within each message group."""

from typing import TypedDict

from pulumi_rampart.arguments import refused
from pulumi_rampart.arguments.names import RANDOM

# Pulumi's AWS provider appends it to the names that it makes.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queue-message-identifiers.html
SUFFIX = ".fifo"
MAX_NAME = 80


class FifoInputs(TypedDict, total=False):
    """As `aws.sqs.Queue` takes it; empty for a standard queue."""

    fifo_queue: bool
    content_based_deduplication: bool
    deduplication_scope: str
    fifo_throughput_limit: str


def fifo_inputs(
    *, fifo: bool, content_based_deduplication: bool = False, high_throughput: bool = True
) -> FifoInputs:
    """Return what a FIFO queue has besides the inputs of every queue.

    Args:
        fifo: whether it is one; of a standard queue nothing is returned.
        content_based_deduplication: whether the hash of a body stands for a deduplication id.
        high_throughput: count duplicates, and the limit of requests, by message group.
            https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html
    """
    if not fifo:
        return {}
    return {
        "fifo_queue": True,
        "content_based_deduplication": content_based_deduplication,
        "deduplication_scope": "messageGroup" if high_throughput else "queue",
        "fifo_throughput_limit": "perMessageGroupId" if high_throughput else "perQueue",
    }


def check_fifo_name(name: str, longest: str) -> None:
    """Refuse a name that has no room for the ending of a FIFO queue.

    Args:
        name: the component's logical name.
        longest: logical name of its child with the longest.

    Raises:
        ArgumentError: says by how much it is too long.
    """
    physical = f"{longest}{RANDOM}{SUFFIX}"
    if (excess := len(physical) - MAX_NAME) > 0:
        raise refused(
            name,
            "",
            f"is not possible as a name: SQS allows {MAX_NAME} characters, and {physical!r} has "
            f"{len(physical)}; take a name that is {excess} shorter.",
        )
