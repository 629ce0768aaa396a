"""How messages of a queue reach a function: in which batches, and how many at a time."""

from typing import Annotated, NotRequired, TypedDict

from pulumi_aws import lambda_

from pulumi_rampart.arguments import Between, refused
from pulumi_rampart.messaging.filters import Filters, filter_criteria

# https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
MAX_BATCH, MAX_BATCH_WITHOUT_WINDOW, MAX_WINDOW_SECONDS = 10_000, 10, 300
BATCH_SIZE = 10
MAXIMUM_CONCURRENCY = 5


class Pollers(TypedDict):
    """Pollers that are there whether or not messages wait, and cost by the hour."""

    minimum: Annotated[int, Between(2, 200)]
    """How many there are always, 2 to 200."""
    maximum: Annotated[int, Between(2, 2000)]
    """How many there are at most, 2 to 2000; each keeps ten calls of the function busy."""


class SubscriptionArgs(TypedDict):
    """How messages reach a function."""

    batch_size: NotRequired[Annotated[int, Between(1, MAX_BATCH)]]
    """Messages a call, 1 to 10; with a batching window up to 10,000, which FIFO queues do not have.
    Default 10."""
    batching_window_seconds: NotRequired[Annotated[int, Between(0, MAX_WINDOW_SECONDS)]]
    """How long to wait until a batch is full, 0 to 300. Default 0."""
    maximum_concurrency: NotRequired[
        Annotated[
            int, Between(2, 1000, "use the function's reserved concurrency for one at a time.")
        ]
    ]
    """Most consumers at a time, 2 to 1000. Default 5, unless there are `provisioned_pollers`."""
    provisioned_pollers: NotRequired[Pollers]
    """Pollers of this mapping alone, which react three times as fast to a burst; not together with
    `maximum_concurrency`. Default those that Lambda shares out.
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html"""
    filters: NotRequired[Filters]
    """Which messages reach the function, up to 5 patterns as JSON of which one has to match:
    `{"body": {"kind": ["order"]}}`. Lambda deletes the others from the queue. Default all do."""


class MappingInputs(TypedDict):
    """What of an event source mapping follows from the choices."""

    batch_size: int
    maximum_batching_window_in_seconds: int | None
    function_response_types: list[str]
    scaling_config: lambda_.EventSourceMappingScalingConfigArgsDict | None
    provisioned_poller_config: lambda_.EventSourceMappingProvisionedPollerConfigArgsDict | None
    filter_criteria: lambda_.EventSourceMappingFilterCriteriaArgsDict | None


def mapping_inputs(chosen: SubscriptionArgs) -> MappingInputs:
    """Return the choices as `aws.lambda.EventSourceMapping` takes them."""
    pollers = chosen.get("provisioned_pollers")
    return {
        "batch_size": chosen.get("batch_size", BATCH_SIZE),
        "maximum_batching_window_in_seconds": chosen.get("batching_window_seconds", 0) or None,
        "function_response_types": ["ReportBatchItemFailures"],
        "scaling_config": None
        if pollers
        else {"maximum_concurrency": chosen.get("maximum_concurrency", MAXIMUM_CONCURRENCY)},
        "provisioned_poller_config": pollers
        and {"minimum_pollers": pollers["minimum"], "maximum_pollers": pollers["maximum"]},
        "filter_criteria": filter_criteria(chosen.get("filters", [])),
    }


def check_batches(
    name: str, chosen: SubscriptionArgs, *, hidden_seconds: int, fifo: bool = False
) -> None:
    """Refuse batches that Lambda does not gather, or gathers for too long.

    Args:
        name: of the mapping.
        chosen: how messages are to be gathered.
        hidden_seconds: how long a message stays hidden before the function begins with it.
        fifo: whether the queue keeps the order of message groups.

    Raises:
        ArgumentError: names the choice and what is possible.
    """
    _check_pollers(name, chosen)
    size, window = chosen.get("batch_size", BATCH_SIZE), chosen.get("batching_window_seconds", 0)
    if fifo:
        _check_fifo(name, size, window)
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


def _check_fifo(name: str, size: int, window: int) -> None:
    """Lambda gathers nothing from FIFO queues: what was sent later would have to wait for it.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
    """
    if window:
        raise refused(
            name,
            "batching_window_seconds",
            "FIFO queues have none; leave it out, or take a standard queue.",
            got=window,
        )
    if size > MAX_BATCH_WITHOUT_WINDOW:
        raise refused(
            name,
            "batch_size",
            f"a batch of a FIFO queue has {MAX_BATCH_WITHOUT_WINDOW} messages at most.",
            got=size,
        )


def _check_pollers(name: str, chosen: SubscriptionArgs) -> None:
    pollers = chosen.get("provisioned_pollers")
    if pollers is None:
        return
    if "maximum_concurrency" in chosen:
        raise refused(
            name,
            "maximum_concurrency",
            "Lambda takes either this or `provisioned_pollers`; each poller keeps ten calls busy "
            "at most, and the function's reserved concurrency limits them further.",
            got=chosen["maximum_concurrency"],
        )
    if pollers["minimum"] > pollers["maximum"]:
        raise refused(
            name,
            "provisioned_pollers",
            f"`minimum` is {pollers['minimum']} and `maximum` {pollers['maximum']}; swap them.",
        )
