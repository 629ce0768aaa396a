"""How the changes of a table reach a function: in which batches, and how often they are tried."""

from typing import Annotated, NotRequired, TypedDict

from pulumi_aws import lambda_

from pulumi_rampart.arguments import Between, refused
from pulumi_rampart.functions.function import LambdaFunction
from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue
from pulumi_rampart.messaging.filters import Filters, filter_criteria
from pulumi_rampart.permission import Permission

# https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
BATCH_SIZE, MAX_BATCH, MAX_WINDOW_SECONDS = 100, 10_000, 300
MAX_RETRIES, MAX_TUMBLING_SECONDS, MAX_FACTOR = 10_000, 900, 10
# A record of the stream can be read for 24 hours, and what failed is only told by its place in it:
# the sooner it is given up, the more time there is to replay it.
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
DAY_SECONDS, MIN_AGE_SECONDS, RECORD_AGE_SECONDS = 86_400, 60, 21_600
RETRIES = 5


class StreamSubscriptionArgs(TypedDict):
    """How changes reach a function."""

    batch_size: NotRequired[Annotated[int, Between(1, MAX_BATCH)]]
    """Records a call at most, 1 to 10,000. Default 100."""
    batching_window_seconds: NotRequired[Annotated[int, Between(0, MAX_WINDOW_SECONDS)]]
    """How long to wait until a batch is full, 0 to 300. Default 0."""
    maximum_record_age_seconds: NotRequired[
        Annotated[
            int,
            Between(MIN_AGE_SECONDS, DAY_SECONDS, "a stream keeps its records for a day."),
        ]
    ]
    """Age from which a record that fails is given up, 60 to 86,400. Default six hours, so that
    there are 18 to replay it in."""
    maximum_retries: NotRequired[
        Annotated[int, Between(0, MAX_RETRIES, "what fails that often is given up.")]
    ]
    """How often a batch that fails is tried again before it is given up, 0 to 10,000. Default 5."""
    parallelization_factor: NotRequired[Annotated[int, Between(1, MAX_FACTOR)]]
    """Batches of one shard at a time, 1 to 10; changes of one item stay in order. Default 1."""
    tumbling_window_seconds: NotRequired[Annotated[int, Between(0, MAX_TUMBLING_SECONDS)]]
    """Length of the windows in which the function adds up, passing its state on from call to call,
    0 to 900. Default 0: no windows."""
    filters: NotRequired[Filters]
    """Which records reach the function, up to 5 patterns as JSON of which one has to match:
    `{"eventName": ["INSERT"]}`. Default all do."""


class StreamMappingInputs(TypedDict):
    """What of an event source mapping follows from the choices."""

    starting_position: str
    batch_size: int
    maximum_batching_window_in_seconds: int | None
    maximum_record_age_in_seconds: int
    maximum_retry_attempts: int
    bisect_batch_on_function_error: bool
    function_response_types: list[str]
    parallelization_factor: int
    tumbling_window_in_seconds: int | None
    filter_criteria: lambda_.EventSourceMappingFilterCriteriaArgsDict | None


def stream_mapping(chosen: StreamSubscriptionArgs) -> StreamMappingInputs:
    """Return the choices as `aws.lambda.EventSourceMapping` takes them."""
    return {
        # From the oldest record: what is written before the mapping is there is not passed over.
        "starting_position": "TRIM_HORIZON",
        "batch_size": chosen.get("batch_size", BATCH_SIZE),
        "maximum_batching_window_in_seconds": chosen.get("batching_window_seconds", 0) or None,
        "maximum_record_age_in_seconds": chosen.get(
            "maximum_record_age_seconds", RECORD_AGE_SECONDS
        ),
        "maximum_retry_attempts": chosen.get("maximum_retries", RETRIES),
        "bisect_batch_on_function_error": True,
        "function_response_types": ["ReportBatchItemFailures"],
        "parallelization_factor": chosen.get("parallelization_factor", 1),
        "tumbling_window_in_seconds": chosen.get("tumbling_window_seconds", 0) or None,
        "filter_criteria": filter_criteria(chosen.get("filters", [])),
    }


def check_reader(
    name: str,
    table: str,
    function: LambdaFunction,
    read: Permission,
    failed: DeadLetterQueue,
) -> None:
    """Refuse a function that may not read the stream, or not hand on what failed.

    Args:
        name: of the mapping.
        table: logical name of the table, for the message.
        function: the consumer.
        read: what reading the stream takes.
        failed: where Lambda puts what failed for good, in the function's name.

    Raises:
        ArgumentError: says which permission to add.
    """
    if not function.may(read):
        raise refused(
            name,
            "function",
            f"may not read the stream of {table}; add `read_stream()` of the table to its "
            "`permissions`.",
        )
    if not function.may(failed.send()):
        raise refused(
            name,
            "function",
            f"may not hand on what failed of {table}; add `failed.send()` of the table to its "
            "`permissions`.",
        )
