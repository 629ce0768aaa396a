"""How a queue's messages reach a function, and which functions may read them."""

from typing import Any

import pytest

from pulumi_rampart.functions.zip_lambda import ZipLambda, ZipLambdaArgs
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.permission import Permission
from pulumi_rampart.testing import Graph, Resource
from tests.components.inside import BOUNDARY, recorded, refused_after

pytestmark = pytest.mark.usefixtures("functions")
MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping"


def queue(name: str = "jobs", *, in_order: bool = False) -> ObservedQueue:
    return ObservedQueue(
        name, {"boundary": BOUNDARY, "consumer_timeout_seconds": 60, "fifo": in_order}
    )


def worker(*permissions: Permission, timeout_seconds: int = 30) -> ZipLambda:
    args: ZipLambdaArgs = {
        "boundary": BOUNDARY,
        "source": "functions/worker",
        "timeout_seconds": timeout_seconds,
        "permissions": list(permissions),
    }
    return ZipLambda("worker", args)


def subscribe(*, in_order: bool = False, **choices: Any) -> None:  # noqa: ANN401  # any choice
    jobs = queue(in_order=in_order)
    jobs.subscribe("jobs-to-worker", worker(jobs.consume()), **choices)


def subscribed(**choices: Any) -> Graph:  # noqa: ANN401  # any choice
    return recorded(lambda: subscribe(**choices))


def mapping(graph: Graph) -> Resource:
    return graph.one(MAPPING, "jobs-to-worker")


def test_a_message_that_succeeded_is_not_delivered_again_with_one_that_failed() -> None:
    # when
    made = mapping(subscribed()).inputs

    # then
    assert made["functionResponseTypes"] == ["ReportBatchItemFailures"]
    assert made["batchSize"] == 10
    assert made["scalingConfig"] == {"maximumConcurrency": 5}


def test_no_message_is_delivered_before_the_consumer_may_receive_it() -> None:
    # when
    graph = subscribed()

    # then
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "worker-role-policy")
    assert policy.urn in mapping(graph).dependencies


def test_messages_go_from_this_queue_to_this_function() -> None:
    # when
    graph = subscribed()

    # then
    made = mapping(graph)
    jobs = graph.one("rampart:index:ObservedQueue", "jobs")
    assert made.parent == jobs.urn
    assert made.inputs["eventSourceArn"] == graph.one("aws:sqs/queue:Queue", "jobs").outputs["arn"]
    assert (
        made.inputs["functionName"]
        == graph.one("aws:lambda/function:Function", "worker").outputs["arn"]
    )


@pytest.mark.parametrize(("size", "window"), [(1, 0), (10, 0), (11, 1), (1000, 30), (10_000, 300)])
def test_a_batch_of_any_size_that_lambda_takes_is_accepted(size: int, window: int) -> None:
    # when
    made = mapping(subscribed(batch_size=size, batching_window_seconds=window)).inputs

    # then
    assert made["batchSize"] == size
    assert made.get("maximumBatchingWindowInSeconds", 0) == window


REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"batch_size": 11},
        (
            "batch_size=11: more than 10 messages need a `batching_window_seconds` of at least 1: "
            "SQS hands out ten at a time."
        ),
    ),
    (
        {"batch_size": 10_001, "batching_window_seconds": 1},
        (
            "batch_size=10001: a whole number from 1 to 10000 is allowed; these are the service's "
            "limits."
        ),
    ),
    (
        {"batch_size": 0},
        "batch_size=0: a whole number from 1 to 10000 is allowed; these are the service's limits.",
    ),
    (
        {"batching_window_seconds": 301},
        (
            "batching_window_seconds=301: a whole number from 0 to 300 is allowed; these are the "
            "service's limits."
        ),
    ),
    *(
        (
            {"maximum_concurrency": number},
            (
                f"maximum_concurrency={number}: a whole number from 2 to 1000 is allowed; use the "
                "function's reserved concurrency for one at a time."
            ),
        )
        for number in (1, 1001)
    ),
    (
        {"concurrency": 5},
        (
            "concurrency: there is no such argument; did you mean `maximum_concurrency`? Allowed "
            "are `batch_size`, `batching_window_seconds`, `maximum_concurrency`, "
            "`provisioned_pollers`, `filters`."
        ),
    ),
    (
        {"provisioned_pollers": {"minimum": 2, "maximum": 10}, "maximum_concurrency": 5},
        (
            "maximum_concurrency=5: Lambda takes either this or `provisioned_pollers`; each poller "
            "keeps ten calls busy at most, and the function's reserved concurrency limits them "
            "further."
        ),
    ),
    (
        {"provisioned_pollers": {"minimum": 1, "maximum": 10}},
        (
            "provisioned_pollers.minimum=1: a whole number from 2 to 200 is allowed; these are the "
            "service's limits."
        ),
    ),
    (
        {"provisioned_pollers": {"minimum": 11, "maximum": 10}},
        "provisioned_pollers: `minimum` is 11 and `maximum` 10; swap them.",
    ),
    (
        {"filters": ['{"body": "order"}']},
        ("filters[0]='{\"body\": \"order\"}': body is 'order'; Lambda matches lists: ['order']."),
    ),
    (
        {"filters": []},
        (
            "filters: 1 to 5 entries are allowed, not 0; join patterns by `$or`, or leave "
            "`filters` out."
        ),
    ),
    (
        {"filters": ['{"body": {"kind": ["a"]}}', '{"body": {"kind": ["a"]}}']},
        'filters: \'{"body": {"kind": ["a"]}}\' stands twice; name each once.',
    ),
]


@pytest.mark.parametrize(("choices", "why"), REFUSED)
def test_what_lambda_refuses_of_a_mapping_is_refused(choices: dict[str, Any], why: str) -> None:
    # when
    message = refused_after(lambda: subscribe(**choices), MAPPING)

    # then
    assert message == f"jobs-to-worker.{why}"


def test_only_messages_that_match_a_filter_reach_the_function() -> None:
    # given
    patterns = ['{"body": {"kind": ["order"]}}', '{"body": {"kind": [{"prefix": "re"}]}}']

    # when
    made = mapping(subscribed(filters=patterns)).inputs

    # then
    assert made["filterCriteria"] == {"filters": [{"pattern": one} for one in patterns]}


def test_every_message_reaches_the_function_unless_filters_are_named() -> None:
    assert "filterCriteria" not in mapping(subscribed()).inputs


def test_provisioned_pollers_take_the_place_of_the_limit_of_consumers() -> None:
    # when
    made = mapping(subscribed(provisioned_pollers={"minimum": 2, "maximum": 20})).inputs

    # then
    assert made["provisionedPollerConfig"] == {"minimumPollers": 2, "maximumPollers": 20}
    assert "scalingConfig" not in made


@pytest.mark.parametrize(
    ("choices", "why"),
    [
        (
            {"batch_size": 11},
            "batch_size=11: a batch of a FIFO queue has 10 messages at most.",
        ),
        (
            {"batching_window_seconds": 1},
            (
                "batching_window_seconds=1: FIFO queues have none; leave it out, or take a "
                "standard queue."
            ),
        ),
    ],
)
def test_lambda_gathers_nothing_from_a_fifo_queue(choices: dict[str, int], why: str) -> None:
    # when
    message = refused_after(lambda: subscribe(in_order=True, **choices), MAPPING)

    # then
    assert message == f"jobs-to-worker.{why}"
    assert recorded(lambda: subscribe(in_order=True, batch_size=10))


def test_a_function_that_takes_longer_than_the_queue_was_told_is_refused() -> None:
    # given
    def program() -> None:
        jobs = queue()
        jobs.subscribe("jobs-to-worker", worker(jobs.consume(), timeout_seconds=300))

    # when
    message = refused_after(program, MAPPING)

    # then
    assert message == (
        "jobs-to-worker.function: may take 300 s, but jobs hides a message for 6 times 60 s only "
        "and would deliver it twice; set `consumer_timeout_seconds` of the queue to 300."
    )


def test_a_function_that_takes_just_as_long_as_the_queue_was_told_is_accepted() -> None:
    # given
    def program() -> None:
        jobs = queue()
        jobs.subscribe("jobs-to-worker", worker(jobs.consume(), timeout_seconds=60))

    # then
    assert mapping(recorded(program))


def test_a_function_that_may_not_read_the_queue_is_refused() -> None:
    # given: it may read another one, and send into this one
    def program() -> None:
        jobs = queue()
        jobs.subscribe("jobs-to-worker", worker(queue("others").consume(), jobs.send()))

    # when
    message = refused_after(program, MAPPING)

    # then
    assert message == (
        "jobs-to-worker.function: may not read jobs; add `consume()` of the queue to its "
        "`permissions`."
    )


def test_a_batch_that_is_gathered_for_longer_than_its_messages_stay_hidden_is_refused() -> None:
    # given: six times 10 s, of which the function may take 10
    def program(window: int) -> None:
        jobs = ObservedQueue("jobs", {"boundary": BOUNDARY, "consumer_timeout_seconds": 10})
        consumer = worker(jobs.consume(), timeout_seconds=10)
        jobs.subscribe("jobs-to-worker", consumer, batching_window_seconds=window)

    # when
    message = refused_after(lambda: program(51), MAPPING)

    # then
    assert message == (
        "jobs-to-worker.batching_window_seconds=51: at most 50 is possible: what is left of the "
        "time that the queue hides a message when the function takes its own; after it the message "
        "is delivered twice."
    )
    assert mapping(recorded(lambda: program(50)))


def test_the_mapping_carries_the_tags_of_the_boundary() -> None:
    # given
    def program() -> None:
        jobs = ObservedQueue(
            "jobs",
            {
                "boundary": {**BOUNDARY, "tags": {"team": "orders"}},
                "consumer_timeout_seconds": 60,
            },
        )
        jobs.subscribe("jobs-to-worker", worker(jobs.consume()))

    # then
    assert mapping(recorded(program)).inputs["tags"] == {"team": "orders"}
