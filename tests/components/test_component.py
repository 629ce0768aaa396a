from typing import NotRequired, TypedDict

import pulumi
import pytest
from pulumi import Input, Output
from pulumi_aws import cloudwatch, sqs

from pulumi_rampart.arguments import ArgumentError, checked
from pulumi_rampart.boundary.args import Boundary
from pulumi_rampart.component import Component
from tests.components.inside import BOUNDARY, recorded

QUEUE = "aws:sqs/queue:Queue"


class PairArgs(TypedDict):
    boundary: NotRequired[Boundary]
    tags: NotRequired[dict[str, Input[str]]]


class Pair(Component):
    """Two queues and a log group, one queue in a component of its own."""

    NAMES = (("{name}", sqs.Queue),)

    first_url: Output[str]
    """Where the first one is."""
    absent: Output[str] | None = None
    """What this pair does not have."""

    def __init__(
        self, name: str, args: PairArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, PairArgs)
        super().__init__(
            name, opts, boundary=self._args.get("boundary"), tags=self._args.get("tags")
        )
        self.first = self.child(sqs.Queue, "", tags={"own": "1"})
        self.second = self.child(Inner, "inner", {})
        self.mapping = self.child(
            sqs.QueuePolicy,
            "policy",
            queue_url=self.first.url,
            policy="{}",
            opts=pulumi.ResourceOptions(depends_on=[self.second.queue]),
        )
        self.first_url = self.first.url
        self.register_outputs()


class Inner(Component):
    """A queue."""

    def __init__(
        self, name: str, args: PairArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, PairArgs)
        super().__init__(name, opts)
        self.queue = self.child(sqs.Queue, "queue")
        self.logs = self.child(cloudwatch.LogGroup, "logs")
        self.register_outputs()


def test_children_stand_below_their_component_under_its_name() -> None:
    # when
    graph = recorded(lambda: Pair("pair", {}))

    # then
    pair = graph.one("rampart:index:Pair", "pair")
    assert {one.name for one in graph.children(pair.urn)} == {"pair", "pair-inner", "pair-policy"}
    assert graph.one(QUEUE, "pair-inner-queue").urn in (
        graph.one("aws:sqs/queuePolicy:QueuePolicy", "pair-policy").dependencies
    )


def test_declared_outputs_are_registered_by_their_names_in_the_schema() -> None:
    # when
    graph = recorded(lambda: Pair("pair", {}))

    # then
    pair = graph.one("rampart:index:Pair", "pair")
    assert pair.outputs == {"firstUrl": graph.one(QUEUE, "pair").outputs["url"]}


@pytest.mark.parametrize("way", ["tags", "boundary"])
def test_tags_reach_every_child_that_can_have_them_at_any_depth(way: str) -> None:
    # given
    tags: dict[str, Input[str]] = {"team": "orders", "own": "0"}
    args: PairArgs = {"tags": tags} if way == "tags" else {"boundary": {**BOUNDARY, "tags": tags}}

    # when
    graph = recorded(lambda: Pair("pair", args))

    # then: what a child says of itself wins
    assert graph.one(QUEUE, "pair").inputs["tags"] == {"team": "orders", "own": "1"}
    assert graph.one(QUEUE, "pair-inner-queue").inputs["tags"] == tags
    logs = graph.one("aws:cloudwatch/logGroup:LogGroup", "pair-inner-logs")
    assert logs.inputs["tags"] == tags
    assert "tags" not in graph.one("aws:sqs/queuePolicy:QueuePolicy", "pair-policy").inputs


def test_options_of_the_caller_reach_the_component() -> None:
    # when
    graph = recorded(lambda: Pair("pair", {}, pulumi.ResourceOptions(protect=True)))

    # then
    assert graph.one("rampart:index:Pair", "pair").options["protect"] is True


def test_a_name_that_a_child_cannot_carry_is_refused_before_the_component_exists() -> None:
    def program() -> None:
        with pytest.raises(ArgumentError, match="SQS allows 80 characters"):
            Pair("p" * 73, {})

    assert [one.type for one in recorded(program).resources] == []
