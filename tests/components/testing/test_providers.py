"""Which provider a resource has and in which region it is: in the graph, for the cloud, in ARNs."""

from typing import Any

import pulumi
import pytest
from pulumi import InvokeOptions, ResourceOptions
from pulumi_aws import Provider, get_availability_zones, get_region, get_region_output, sqs

from pulumi_rampart.testing import Registration, SyntheticCloud, record

QUEUE = "aws:sqs/queue:Queue"
PROVIDER = "pulumi:providers:aws"


class Outer(pulumi.ComponentResource):
    def __init__(self, opts: ResourceOptions | None = None) -> None:
        super().__init__("shop:index:Outer", "outer", None, opts)
        Inner(ResourceOptions(parent=self))


class Inner(pulumi.ComponentResource):
    def __init__(self, opts: ResourceOptions) -> None:
        super().__init__("shop:index:Inner", "inner", None, opts)
        sqs.Queue("jobs", opts=ResourceOptions(parent=self))


def where(program: Any, **config: str) -> tuple[str, str, str]:  # noqa: ANN401  # a function
    graph = record(program, config=config)
    queue = graph.one(QUEUE, "jobs")
    return queue.provider, queue.region, queue.outputs["arn"].split(":")[3]


def test_the_region_is_that_of_the_configuration() -> None:
    # then
    region = {"aws:region": "us-west-2"}
    assert where(lambda: sqs.Queue("jobs"), **region) == ("", "us-west-2", "us-west-2")


def test_without_configuration_the_region_is_always_the_same() -> None:
    # then
    assert where(lambda: sqs.Queue("jobs")) == ("", "eu-central-1", "eu-central-1")


def test_a_region_argument_comes_before_the_configuration() -> None:
    # then
    found = where(lambda: sqs.Queue("jobs", region="eu-west-1"), **{"aws:region": "us-west-2"})
    assert found == ("", "eu-west-1", "eu-west-1")


def test_an_explicit_provider_is_a_resource_and_brings_its_region() -> None:
    # given
    def program() -> None:
        far = Provider("far", region="us-east-1")
        sqs.Queue("jobs", opts=ResourceOptions(provider=far))

    # when
    graph = record(program, config={"aws:region": "us-west-2"})

    # then
    queue, provider = graph.one(QUEUE, "jobs"), graph.one(PROVIDER, "far")
    assert (queue.provider, queue.region) == (provider.urn, "us-east-1")
    assert provider.inputs["region"] == "us-east-1"


@pytest.mark.parametrize("handed_on", ["provider", "providers"])
def test_components_hand_a_provider_on_at_any_depth(handed_on: str) -> None:
    # given
    def program() -> None:
        far = Provider("far", region="us-east-1")
        given: dict[str, Any] = {handed_on: far if handed_on == "provider" else {"aws": far}}
        Outer(ResourceOptions(**given))

    # then
    provider, region, of_arn = where(program)
    assert provider.endswith(f"::{PROVIDER}::far")
    assert (region, of_arn) == ("us-east-1", "us-east-1")


def test_a_cloud_is_told_the_region_and_never_asked_for_a_provider() -> None:
    # given
    asked: list[tuple[str, str]] = []

    class Watching(SyntheticCloud):
        def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
            asked.append((resource.type, resource.region))
            return super().create(resource)

    def program() -> None:
        far = Provider("far", region="us-east-1")
        sqs.Queue("jobs", opts=ResourceOptions(provider=far))

    # when
    record(program, cloud=Watching())

    # then
    assert asked == [(QUEUE, "us-east-1")]


def test_functions_answer_for_the_region_of_their_provider() -> None:
    # given
    def program() -> None:
        far = InvokeOptions(provider=Provider("far", region="us-east-1"))
        pulumi.export("here", get_region().region)
        pulumi.export("there", get_region_output(opts=far).region)
        pulumi.export("zones", get_availability_zones().names)

    # when
    graph = record(program, config={"aws:region": "us-west-2"})

    # then
    zones = ["us-west-2a", "us-west-2b", "us-west-2c"]
    assert graph.exports == {"here": "us-west-2", "there": "us-east-1", "zones": zones}
