"""Queues that keep the order of message groups."""

from typing import cast

from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.messaging.queue_args import ObservedQueueArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import BOUNDARY, recorded, refusal

QUEUE = "aws:sqs/queue:Queue"


def arguments(**more: object) -> ObservedQueueArgs:
    args = {"boundary": BOUNDARY, "consumer_timeout_seconds": 60, **more}
    return cast("ObservedQueueArgs", args)


def jobs(**more: object) -> Graph:
    return recorded(lambda: ObservedQueue("jobs", arguments(**more)))


def test_a_fifo_queue_and_its_dead_letters_keep_the_order_of_each_message_group() -> None:
    # when
    graph = jobs(fifo=True)

    # then
    for name in ("jobs", "jobs-dead"):
        queue = graph.one(QUEUE, name).inputs
        assert queue["fifoQueue"] is True
        assert queue["deduplicationScope"] == "messageGroup"
        assert queue["fifoThroughputLimit"] == "perMessageGroupId"
    assert graph.one(QUEUE, "jobs").inputs["contentBasedDeduplication"] is False


def test_names_of_fifo_queues_end_as_aws_demands_it() -> None:
    # when
    graph = jobs(fifo=True)

    # then
    names = [
        graph.one(QUEUE, name).outputs["arn"].rpartition(":")[2] for name in ("jobs", "jobs-dead")
    ]
    assert names == ["jobs.fifo", "jobs-dead.fifo"]


def test_what_a_duplicate_is_may_be_told_by_bodies_and_over_the_whole_queue() -> None:
    # when
    graph = jobs(fifo=True, content_based_deduplication=True, high_throughput=False)

    # then
    queue = graph.one(QUEUE, "jobs").inputs
    assert queue["contentBasedDeduplication"] is True
    assert (queue["deduplicationScope"], queue["fifoThroughputLimit"]) == ("queue", "perQueue")


def test_a_queue_is_in_no_order_unless_it_is_asked_for() -> None:
    # when
    graph = jobs()

    # then
    words = {"fifoQueue", "contentBasedDeduplication", "deduplicationScope", "fifoThroughputLimit"}
    assert [one.name for one in graph.of(QUEUE) if words & one.inputs.keys()] == []


def test_a_fifo_queue_leaves_room_in_its_name_for_the_ending_of_its_dead_letters() -> None:
    # when
    message = refusal(lambda: ObservedQueue("j" * 63, arguments(fifo=True)))

    # then
    assert message == (
        f"{'j' * 63}: is not possible as a name: SQS allows 80 characters, and "
        f"'{'j' * 63}-dead-1234567.fifo' has 81; take a name that is 1 shorter."
    )
    assert recorded(lambda: ObservedQueue("j" * 62, arguments(fifo=True)))
