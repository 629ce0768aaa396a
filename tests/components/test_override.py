import pulumi
import pytest
from pulumi_aws import cloudwatch, sqs

from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.override import override
from pulumi_rampart.testing import Graph
from tests.components.inside import BOUNDARY, changed, recorded

QUEUE = "aws:sqs/queue:Queue"


def jobs(*transforms: pulumi.ResourceTransform) -> Graph:
    return recorded(
        lambda: ObservedQueue(
            "jobs",
            {"boundary": BOUNDARY, "consumer_timeout_seconds": 60},
            pulumi.ResourceOptions(transforms=list(transforms)),
        )
    )


def test_an_override_changes_its_child_and_nothing_else() -> None:
    # when
    graph = jobs(override(sqs.Queue, "jobs", delay_seconds=5))

    # then
    assert changed(jobs(), graph) == {"jobs"}
    assert graph.one(QUEUE, "jobs").inputs["delaySeconds"] == 5


def test_an_override_reaches_the_children_of_children() -> None:
    # when
    graph = jobs(
        override(sqs.Queue, "jobs-dead", message_retention_seconds=60),
        override(cloudwatch.MetricAlarm, "jobs-dead-alarm", threshold=7),
    )

    # then
    assert changed(jobs(), graph) == {"jobs-dead", "jobs-dead-alarm"}
    assert graph.one(QUEUE, "jobs-dead").inputs["messageRetentionSeconds"] == 60


def test_an_input_that_the_child_does_not_have_is_refused_with_the_nearest() -> None:
    with pytest.raises(TypeError) as caught:
        override(sqs.Queue, "jobs", message_retention=60)
    assert str(caught.value) == (
        "Queue has no input message_retention; did you mean message_retention_seconds?"
    )
