"""How messages of a queue reach a function: in which batches, and how many at a time."""

from typing import Annotated, NotRequired, TypedDict

from pulumi_rampart.arguments import Between, refused

# https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
MAX_BATCH, MAX_BATCH_WITHOUT_WINDOW, MAX_WINDOW_SECONDS = 10_000, 10, 300
BATCH_SIZE = 10


class SubscriptionArgs(TypedDict):
    """How messages reach a function."""

    batch_size: NotRequired[Annotated[int, Between(1, MAX_BATCH)]]
    """Messages a call, 1 to 10; with a batching window up to 10,000. Default 10."""
    batching_window_seconds: NotRequired[Annotated[int, Between(0, MAX_WINDOW_SECONDS)]]
    """How long to wait until a batch is full, 0 to 300. Default 0."""
    maximum_concurrency: NotRequired[
        Annotated[
            int, Between(2, 1000, "use the function's reserved concurrency for one at a time.")
        ]
    ]
    """Most consumers at a time, 2 to 1000. Default 5."""


def check_batches(name: str, chosen: SubscriptionArgs, *, hidden_seconds: int) -> None:
    """Refuse batches that Lambda does not gather, or gathers for too long.

    Args:
        name: of the mapping.
        chosen: how messages are to be gathered.
        hidden_seconds: how long a message stays hidden before the function begins with it.

    Raises:
        ArgumentError: names the choice and what is possible.
    """
    size, window = chosen.get("batch_size", BATCH_SIZE), chosen.get("batching_window_seconds", 0)
    if size > MAX_BATCH_WITHOUT_WINDOW and window < 1:
        raise refused(
            name,
            "batch_size",
            f"more than {MAX_BATCH_WITHOUT_WINDOW} messages need a `batching_window_seconds` of at "
            "least 1: SQS hands out ten at a time.",
            got=size,
        )
    # Lambda has received the first messages of a batch while it waits for more of them.
    if window > hidden_seconds:
        raise refused(
            name,
            "batching_window_seconds",
            f"at most {hidden_seconds} is possible: what is left of the time that the queue hides "
            "a message when the function takes its own; after it the message is delivered twice.",
            got=window,
        )
