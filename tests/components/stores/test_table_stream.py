"""How a table's changes reach a function, and which functions may read them."""

from typing import Any

import pytest

from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.functions.zip_lambda import ZipLambda
from pulumi_rampart.permission import Permission
from pulumi_rampart.stores.table import SecureTable
from pulumi_rampart.testing import Graph, Resource
from tests.components.inside import BOUNDARY, KEY, recorded, refused_after, statements

pytestmark = pytest.mark.usefixtures("functions")
MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"


def table() -> SecureTable:
    return SecureTable("orders", {"boundary": BOUNDARY, "hash_key": "pk", "stream": "new"})


def reader(*permissions: Permission) -> ZipLambda:
    return ZipLambda(
        "worker",
        {
            "boundary": BOUNDARY,
            "source": "functions/worker",
            "permissions": list(permissions),
        },
    )


def subscribe(**choices: Any) -> None:  # noqa: ANN401  # any choice
    orders = table()
    function = reader(orders.read_stream(), orders.failed.send())
    orders.subscribe("orders-to-worker", function, **choices)


def subscribed(**choices: Any) -> Graph:  # noqa: ANN401  # any choice
    return recorded(lambda: subscribe(**choices))


def mapping(graph: Graph) -> Resource:
    return graph.one(MAPPING, "orders-to-worker")


def test_changes_go_from_this_table_to_this_function_from_the_first_one_on() -> None:
    # when
    graph = subscribed()

    # then
    made = mapping(graph)
    stream = graph.one("aws:dynamodb/table:Table", "orders").outputs["streamArn"]
    assert made.parent == graph.one("rampart:index:SecureTable", "orders").urn
    assert made.inputs["eventSourceArn"] == stream
    assert made.inputs["startingPosition"] == "TRIM_HORIZON"
    function = graph.one("aws:lambda/function:Function", "worker").outputs["arn"]
    assert made.inputs["functionName"] == function


def test_a_record_that_keeps_failing_is_found_given_up_in_time_and_kept() -> None:
    # when
    graph = subscribed()

    # then
    made = mapping(graph).inputs
    assert made["bisectBatchOnFunctionError"] is True
    assert made["functionResponseTypes"] == ["ReportBatchItemFailures"]
    assert (made["maximumRetryAttempts"], made["maximumRecordAgeInSeconds"]) == (5, 6 * 3600)
    failed = graph.one("aws:sqs/queue:Queue", "orders-failed")
    assert made["destinationConfig"] == {"onFailure": {"destinationArn": failed.outputs["arn"]}}
    assert failed.inputs["tags"]["replay-to"] == "record"


def test_what_is_chosen_is_what_lambda_is_told() -> None:
    # when
    made = mapping(
        subscribed(
            batch_size=500,
            batching_window_seconds=30,
            maximum_record_age_seconds=3600,
            maximum_retries=2,
            parallelization_factor=4,
            tumbling_window_seconds=60,
            filters=['{"eventName": ["INSERT"]}'],
        )
    ).inputs

    # then
    assert {key: made[key] for key in CHOSEN} == CHOSEN


CHOSEN = {
    "batchSize": 500,
    "maximumBatchingWindowInSeconds": 30,
    "maximumRecordAgeInSeconds": 3600,
    "maximumRetryAttempts": 2,
    "parallelizationFactor": 4,
    "tumblingWindowInSeconds": 60,
    "filterCriteria": {"filters": [{"pattern": '{"eventName": ["INSERT"]}'}]},
}


def test_no_change_is_delivered_before_the_consumer_may_read_it() -> None:
    # when
    graph = subscribed()

    # then
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "worker-role-policy")
    assert policy.urn in mapping(graph).dependencies


def test_a_reader_reads_this_stream_lists_streams_and_decrypts() -> None:
    # when
    graph = subscribed()

    # then
    stream = graph.one("aws:dynamodb/table:Table", "orders").outputs["streamArn"]
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "worker-role-policy").inputs["policy"]
    allowed = {one["Action"][0]: one for one in statements(policy) if one["Effect"] == "Allow"}
    read = allowed["dynamodb:DescribeStream"]
    assert (read["Action"], read["Resource"]) == (
        ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
        [stream],
    )
    assert allowed["dynamodb:ListStreams"]["Resource"] == ["*"]
    assert allowed["dynamodb:ListStreams"]["Action"] == ["dynamodb:ListStreams"]
    assert [KEY] in [
        one["Resource"] for one in statements(policy) if "kms:Decrypt" in one["Action"]
    ]


@pytest.mark.parametrize(
    ("choices", "why"),
    [
        ({"batch_size": 10_001}, "batch_size=10001: a whole number from 1 to 10000 is allowed;"),
        (
            {"maximum_record_age_seconds": 86_401},
            (
                "maximum_record_age_seconds=86401: a whole number from 60 to 86400 is allowed; a "
                "stream keeps its records for a day."
            ),
        ),
        ({"maximum_retries": -1}, "maximum_retries=-1: a whole number from 0 to 10000 is allowed;"),
        ({"parallelization_factor": 11}, "parallelization_factor=11: a whole number from 1 to 10"),
        ({"tumbling_window_seconds": 901}, "tumbling_window_seconds=901: a whole number from 0 to"),
        ({"filters": ['{"eventName": "INSERT"}']}, "filters[0]="),
        ({"max_age": 60}, "max_age: there is no such argument; did you mean `maximum_record_age"),
    ],
)
def test_what_lambda_refuses_of_a_mapping_is_refused(choices: dict[str, Any], why: str) -> None:
    # when
    message = refused_after(lambda: subscribe(**choices), MAPPING)

    # then
    assert message.startswith(f"orders-to-worker.{why}")


def test_a_function_that_may_not_read_the_stream_is_refused() -> None:
    # given: it may read the table
    def program() -> None:
        orders = table()
        orders.subscribe("orders-to-worker", reader(orders.allow("Query"), orders.failed.send()))

    # then
    assert refused_after(program, MAPPING) == (
        "orders-to-worker.function: may not read the stream of orders; add `read_stream()` of the "
        "table to its `permissions`."
    )


def test_a_function_that_may_not_hand_on_what_failed_is_refused() -> None:
    # given
    def program() -> None:
        orders = table()
        orders.subscribe("orders-to-worker", reader(orders.read_stream()))

    # then
    assert refused_after(program, MAPPING) == (
        "orders-to-worker.function: may not hand on what failed of orders; add `failed.send()` of "
        "the table to its `permissions`."
    )


@pytest.mark.parametrize("verb", ["read_stream", "failed"])
def test_a_table_without_a_stream_says_how_to_get_one(verb: str) -> None:
    # given
    def program() -> None:
        found = getattr(SecureTable("orders", {"boundary": BOUNDARY, "hash_key": "pk"}), verb)
        found()

    # when
    with pytest.raises(ArgumentError) as caught:
        recorded(program)

    # then
    assert str(caught.value) == ("orders.stream: the table has none; say what it shows: `new`.")
