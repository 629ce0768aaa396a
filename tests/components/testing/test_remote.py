"""Components of other packages are made by their providers, in processes of their own."""

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi import ResourceOptions, ResourceTransformArgs, ResourceTransformResult
from pulumi_aws import sqs

from pulumi_rampart.messaging.dead_letter_queue import DeadLetterQueue
from pulumi_rampart.testing import Graph, Registration, record
from tests.components.inside import BOUNDARY

QUEUE = "aws:sqs/queue:Queue"
SHELF = "shop:index:Shelf"
LETTERS = "rampart:index:DeadLetterQueue"

# A component package as people write them.
PROVIDER = """
    from typing import Optional, TypedDict

    import pulumi
    from pulumi.provider.experimental import component_provider_host
    from pulumi_aws import sqs


    class ShelfArgs(TypedDict):
        delay: pulumi.Input[float]
        target: Optional[pulumi.Input[str]]


    class Shelf(pulumi.ComponentResource):
        url: pulumi.Output[str]

        def __init__(
            self, name: str, args: ShelfArgs, opts: Optional[pulumi.ResourceOptions] = None
        ):
            super().__init__("shop:index:Shelf", name, {}, opts)
            child = pulumi.ResourceOptions(parent=self)
            dead = sqs.Queue(f"{name}-dead", opts=child)
            queue = sqs.Queue(
                f"{name}-queue",
                delay_seconds=args["delay"],
                kms_master_key_id=args.get("target"),
                redrive_policy=dead.arn,
                opts=child,
            )
            pulumi.log.info(f"{name} is up")
            self.url = queue.url
            self.register_outputs({"url": self.url})


    component_provider_host(name="shop", components=[Shelf])
"""


class Shelf(pulumi.ComponentResource):
    """What Pulumi generates for a program that uses the package."""

    url: pulumi.Output[str]

    def __init__(self, name: str, opts: ResourceOptions | None = None, **args: object) -> None:
        super().__init__(SHELF, name, {**args, "url": None}, opts, remote=True)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    (folder / "PulumiPlugin.yaml").write_text("runtime: python\n")
    (folder / "__main__.py").write_text(textwrap.dedent(PROVIDER))
    return folder


def recorded(package: Path, program: Callable[[], object], **options: Any) -> Graph:  # noqa: ANN401  # of record()
    return record(program, plugins={"shop": package}, **options)


def test_its_parts_are_recorded_and_its_outputs_are_the_programs(package: Path) -> None:
    # given
    def program() -> None:
        key = sqs.Queue("key")
        shelf = Shelf("books", delay=5, target=key.arn)
        sqs.Queue("copy", tags={"of": shelf.url})

    # when
    graph = recorded(package, program)

    # then
    queue = graph.one(QUEUE, "books-queue")
    (shelf,) = graph.of(SHELF)
    assert (queue.parent, shelf.custom, shelf.inputs) == (shelf.urn, False, {})
    assert queue.inputs["delaySeconds"] == 5
    assert queue.property_dependencies == {
        "kmsMasterKeyId": [graph.one(QUEUE, "key").urn],
        "redrivePolicy": [graph.one(QUEUE, "books-dead").urn],
    }
    assert graph.one(QUEUE, "copy").inputs == {"tags": {"of": queue.outputs["url"]}}
    assert "books is up" in [line.message for line in graph.logs]


def test_a_preview_leaves_its_outputs_unknown_and_records_its_parts(package: Path) -> None:
    # when
    graph = recorded(package, lambda: Shelf("books", delay=5), preview=True)

    # then
    assert [one.name for one in graph.of(QUEUE)] == ["books-dead", "books-queue"]
    assert "redrivePolicy" in graph.one(QUEUE, "books-queue").inputs


def test_transforms_of_the_program_reach_what_is_inside(package: Path) -> None:
    # given
    def tag(args: ResourceTransformArgs) -> ResourceTransformResult | None:
        if args.type_ != QUEUE:
            return None
        return ResourceTransformResult(props={**args.props, "tags": {"by": "us"}}, opts=args.opts)

    # when
    graph = recorded(package, lambda: Shelf("books", ResourceOptions(transforms=[tag]), delay=5))

    # then
    assert [one.inputs["tags"] for one in graph.of(QUEUE)] == [{"by": "us"}, {"by": "us"}]


def test_options_of_the_program_reach_what_is_inside(package: Path) -> None:
    # when
    graph = recorded(package, lambda: Shelf("books", ResourceOptions(protect=True), delay=5))

    # then
    assert [one.options for one in graph.of(QUEUE)] == [{"protect": True}, {"protect": True}]


def test_a_refused_input_names_the_component_the_input_and_the_reason(package: Path) -> None:
    # then
    with pytest.raises(Exception, match=r"shop:index:Shelf 'books' could not be made.*delay"):
        recorded(package, lambda: Shelf("books"))


def test_an_error_of_the_cloud_is_the_cause_of_the_failure(package: Path) -> None:
    # given
    class FullError(Exception):
        pass

    class Full:
        def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
            raise FullError(resource.name)

        def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
            raise LookupError(token, arguments)

    # then
    with pytest.raises(Exception, match="books-dead") as caught:
        recorded(package, lambda: Shelf("books", delay=5), cloud=Full())
    assert isinstance(caught.value.__cause__, FullError)


def test_a_provider_that_is_not_at_hand_is_named_with_what_to_do() -> None:
    # then
    with pytest.raises(
        Exception, match=r"pulumi-resource-shop on PATH.*plugins=.*opaque=\['shop'\]"
    ):
        record(lambda: Shelf("books", delay=5))


def test_a_component_of_an_opaque_package_is_recorded_alone_and_with_a_warning() -> None:
    # when
    graph = record(lambda: Shelf("books", delay=5), opaque=["shop"])

    # then
    assert [(one.name, one.inputs) for one in graph.resources] == [("books", {"delay": 5})]
    (line,) = graph.logs
    assert line.severity == "warning"
    assert "shop:index:Shelf 'books' is recorded without what is inside it" in line.message


def test_a_provider_that_does_not_start_says_why(tmp_path: Path) -> None:
    # given
    (tmp_path / "PulumiPlugin.yaml").write_text("runtime: python\n")
    (tmp_path / "__main__.py").write_text("raise SystemExit('no licence')\n")

    # then
    with pytest.raises(Exception, match=r"provider of package 'shop'.*no licence"):
        recorded(tmp_path, lambda: Shelf("books", delay=5))


def test_our_own_components_are_the_same_for_programs_in_other_languages() -> None:
    # given: what the SDK generated from our schema sends
    boundary = {to_camel(key): value for key, value in BOUNDARY.items()}

    def generated() -> None:
        pulumi.ComponentResource(LETTERS, "letters", {"boundary": boundary}, None, remote=True)

    # when
    remote = record(generated)
    local = record(lambda: DeadLetterQueue("letters", {"boundary": BOUNDARY}))

    # then
    assert len(remote.resources) > 1
    assert {one.urn: one.inputs for one in remote.resources} == {
        one.urn: one.inputs for one in local.resources
    }


def to_camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
