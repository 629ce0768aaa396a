"""What transforms of a resource, of its parents and of the stack change is recorded changed."""

from collections.abc import Callable
from typing import Any

import pulumi
import pytest
from pulumi import ResourceOptions, ResourceTransformArgs, ResourceTransformResult
from pulumi_aws import get_region, sqs

from pulumi_rampart.testing import SECRET, UNKNOWN, Graph, Registration, record

QUEUE = "aws:sqs/queue:Queue"
Transform = Callable[[ResourceTransformArgs], ResourceTransformResult | None]


class Pair(pulumi.ComponentResource):
    def __init__(self, name: str, opts: ResourceOptions | None = None) -> None:
        super().__init__("shop:index:Pair", name, None, opts)
        child = ResourceOptions(parent=self)
        self.dead = sqs.Queue(f"{name}-dead", opts=child)
        self.live = sqs.Queue(name, redrive_policy=self.dead.arn, opts=child)
        self.register_outputs({})


def adding(**props: object) -> Transform:
    """A transform of every queue."""

    def transform(args: ResourceTransformArgs) -> ResourceTransformResult | None:
        if args.type_ != QUEUE:
            return None
        return ResourceTransformResult(props={**args.props, **props}, opts=args.opts)

    return transform


def queue(graph: Graph, name: str = "jobs") -> dict[str, Any]:
    return graph.one(QUEUE, name).inputs


def test_a_resources_own_transform_changes_it_and_no_other() -> None:
    # given
    def program() -> None:
        sqs.Queue("jobs", opts=ResourceOptions(transforms=[adding(delaySeconds=5)]))
        sqs.Queue("other")

    # when
    graph = record(program)

    # then
    assert queue(graph) == {"delaySeconds": 5}
    assert queue(graph, "other") == {}


def test_a_components_transform_reaches_its_children_at_any_depth() -> None:
    # given
    class Outer(pulumi.ComponentResource):
        def __init__(self, opts: ResourceOptions) -> None:
            super().__init__("shop:index:Outer", "outer", None, opts)
            Pair("jobs", opts=ResourceOptions(parent=self))

    # when
    graph = record(lambda: Outer(ResourceOptions(transforms=[adding(delaySeconds=5)])))

    # then
    assert queue(graph)["delaySeconds"] == 5
    assert queue(graph, "jobs-dead") == {"delaySeconds": 5}


def test_a_stack_transform_reaches_what_is_registered_after_it() -> None:
    # given
    def program() -> None:
        sqs.Queue("before")
        pulumi.runtime.register_resource_transform(adding(delaySeconds=5))
        Pair("jobs")

    # when
    graph = record(program)

    # then
    assert queue(graph, "before") == {}
    assert queue(graph, "jobs-dead") == {"delaySeconds": 5}


def test_a_legacy_transformation_changes_what_is_recorded() -> None:
    # given
    def later(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
        return pulumi.ResourceTransformationResult(
            props={**args.props, "delay_seconds": 5}, opts=args.opts
        )

    # when
    graph = record(lambda: sqs.Queue("jobs", opts=ResourceOptions(transformations=[later])))

    # then
    assert queue(graph)["delaySeconds"] == 5


def test_the_own_transform_runs_first_then_the_parents_then_the_stacks() -> None:
    # given
    def saying(word: str) -> Transform:
        def transform(args: ResourceTransformArgs) -> ResourceTransformResult | None:
            if args.type_ != QUEUE:
                return None
            said = args.props.get("name", "")
            return ResourceTransformResult(
                props={**args.props, "name": f"{said}{word}"}, opts=args.opts
            )

        return transform

    class One(pulumi.ComponentResource):
        def __init__(self, opts: ResourceOptions) -> None:
            super().__init__("shop:index:One", "one", None, opts)
            sqs.Queue("jobs", opts=ResourceOptions(parent=self, transforms=[saying("a")]))

    def program() -> None:
        pulumi.runtime.register_resource_transform(saying("c"))
        One(ResourceOptions(transforms=[saying("b")]))

    # when
    graph = record(program)

    # then
    assert queue(graph)["name"] == "abc"


def test_what_the_cloud_creates_and_the_program_sees_is_the_transformed_resource() -> None:
    # given
    asked: list[dict[str, Any]] = []

    class Watching:
        def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
            asked.append(resource.inputs)
            return "id", {}

        def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
            raise LookupError(token, arguments)

    def program() -> None:
        jobs = sqs.Queue("jobs", opts=ResourceOptions(transforms=[adding(delaySeconds=5)]))
        pulumi.export("delay", jobs.delay_seconds)

    # when
    graph = record(program, cloud=Watching())

    # then
    assert asked == [{"delaySeconds": 5}]
    assert graph.exports == {"delay": 5}


def test_a_transform_sees_type_name_inputs_and_options_and_changes_options() -> None:
    # given
    seen: list[tuple[object, ...]] = []

    def transform(args: ResourceTransformArgs) -> ResourceTransformResult:
        seen.append((args.type_, args.name, dict(args.props), args.opts.protect))
        options = ResourceOptions(
            protect=False, retain_on_delete=True, ignore_changes=["tags"], import_="jobs-0"
        )
        return ResourceTransformResult(props=args.props, opts=options)

    # when
    graph = record(
        lambda: sqs.Queue(
            "jobs", delay_seconds=5, opts=ResourceOptions(transforms=[transform], protect=True)
        )
    )

    # then
    assert seen == [(QUEUE, "jobs", {"delaySeconds": 5}, True)]
    assert graph.one(QUEUE, "jobs").options == {
        "ignoreChanges": ["tags"],
        "importId": "jobs-0",
        "retainOnDelete": True,
    }


def test_a_transform_that_returns_nothing_changes_nothing() -> None:
    # given
    def program(*transforms: Transform) -> Callable[[], object]:
        opts = ResourceOptions(
            transforms=list(transforms),
            protect=True,
            delete_before_replace=True,
            ignore_changes=["tags"],
            custom_timeouts=pulumi.CustomTimeouts(create="5m"),
            aliases=[pulumi.Alias(name="old")],
        )
        return lambda: sqs.Queue("jobs", delay_seconds=5, tags={"a": "b"}, opts=opts)

    # then
    assert record(program(lambda _: None)) == record(program())


def test_a_transform_may_wait_for_something() -> None:
    # given
    async def slow(args: ResourceTransformArgs) -> ResourceTransformResult:
        return ResourceTransformResult(props={**args.props, "delaySeconds": 5}, opts=args.opts)

    # then
    graph = record(lambda: sqs.Queue("jobs", opts=ResourceOptions(transforms=[slow])))
    assert queue(graph) == {"delaySeconds": 5}


def test_dependencies_survive_a_transform() -> None:
    # given
    def program() -> None:
        Pair("jobs", opts=ResourceOptions(transforms=[adding(delaySeconds=5)]))
        other = sqs.Queue("other")
        opts = ResourceOptions(transforms=[adding(delaySeconds=5)])
        sqs.Queue("copy", redrive_policy=other.arn, opts=opts)

    # when
    graph = record(program)

    # then
    dead, other = graph.one(QUEUE, "jobs-dead").urn, graph.one(QUEUE, "other").urn
    assert graph.one(QUEUE, "jobs").property_dependencies == {"redrivePolicy": [dead]}
    # Of a resource's own transform Pulumi's Python SDK returns values without their dependencies.
    assert graph.one(QUEUE, "copy").dependencies == [other]


def test_secrets_and_unknown_values_stay_so_through_a_transform() -> None:
    # given
    def program() -> None:
        opts = ResourceOptions(transforms=[adding(delaySeconds=5)])
        other = sqs.Queue("other")
        sqs.Queue(
            "jobs",
            tags={"word": pulumi.Output.secret("hunter2"), "plain": "seen"},
            redrive_policy=other.arn,
            opts=opts,
        )

    # when
    made, foreseen = record(program), record(program, preview=True)

    # then
    assert queue(made)["tags"] == {"word": SECRET, "plain": "seen"}
    assert queue(foreseen)["redrivePolicy"] == UNKNOWN


def test_a_transform_that_raises_names_the_resource() -> None:
    # given
    def broken(_: ResourceTransformArgs) -> None:
        raise ValueError("no such day")

    # then
    with pytest.raises(
        Exception, match=r"(?s)transform of aws:sqs/queue:Queue 'jobs'.*no such day"
    ):
        record(lambda: sqs.Queue("jobs", opts=ResourceOptions(transforms=[broken])))


def test_a_transform_of_calls_changes_what_the_cloud_is_asked() -> None:
    # given
    asked: list[dict[str, Any]] = []

    class Watching:
        def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
            raise LookupError(resource)

        def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
            asked.append(arguments)
            return {"region": "eu-west-3", "name": token}

    def elsewhere(args: pulumi.InvokeTransformArgs) -> pulumi.InvokeTransformResult:
        return pulumi.InvokeTransformResult(
            args={**args.args, "region": "eu-west-3"}, opts=args.opts
        )

    def program() -> None:
        pulumi.runtime.register_invoke_transform(elsewhere)
        get_region()

    # when
    record(program, cloud=Watching())

    # then
    assert asked == [{"region": "eu-west-3"}]
