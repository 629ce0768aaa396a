"""What components/README.md shows works as it is shown."""

import re
from pathlib import Path

import pytest
import yaml
from pulumi.provider.experimental.component import ComponentProvider

import pulumi_rampart
from pulumi_rampart.boundary.security_boundary import Boundary
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.package import COMPONENTS, PACKAGE
from tests.components.wall import recorded, refusal

README = (Path(pulumi_rampart.__file__).parents[1] / "README.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_its_program_runs_and_its_test_passes(functions: Path) -> None:
    # given
    *program, test = blocks("python")

    # when
    graph = recorded(lambda: exec("\n".join(program), {}))  # noqa: S102  # our own README

    # then
    assert {one.name for one in graph.of("aws:lambda/eventSourceMapping:EventSourceMapping")} == {
        "jobs-to-worker"
    }
    (functions / "__main__.py").write_text(program[0])
    exec(test, {})  # noqa: S102  # our own README


def test_its_refusal_is_what_the_queue_says() -> None:
    # given
    shown = re.search(r"(?m)^    jobs\.consumer_timeout_seconds.*\n    .*$", README)
    assert shown

    # when
    boundary: Boundary = {}  # type: ignore[typeddict-item]  # is not looked at
    message = refusal(
        lambda: ObservedQueue("jobs", {"boundary": boundary, "consumer_timeout_seconds": 9000})
    )

    # then
    assert " ".join(shown.group().split()) == message


@pytest.mark.parametrize("language", ["yaml", "ts"])
def test_every_field_of_the_boundary_is_put_together(language: str) -> None:
    # when
    (text,) = blocks(language)

    # then
    for field in Boundary.__annotations__:
        first, *rest = field.split("_")
        camel = first + "".join(word.title() for word in rest)
        assert re.search(rf"\b{camel}: ", text), camel


def test_its_yaml_names_components_and_fields_that_other_languages_have() -> None:
    # given
    (text,) = blocks("yaml")
    resources = yaml.safe_load(text)["resources"]
    wall, jobs = resources["wall"], resources["jobs"]

    def program() -> None:
        provider = ComponentProvider(list(COMPONENTS), PACKAGE)
        made = provider.construct("wall", wall["type"], {}).state
        inputs = dict(jobs["properties"])
        inputs["boundary"] = {
            key: made[value[len("${wall.") : -1]] if str(value).startswith("${") else value
            for key, value in inputs["boundary"].items()
        }
        provider.construct("jobs", jobs["type"], inputs)

    # when
    graph = recorded(program)

    # then
    queue = graph.one("aws:sqs/queue:Queue", "jobs").inputs
    assert queue["visibilityTimeoutSeconds"] == 360
    assert queue["kmsMasterKeyId"] == graph.one("aws:kms/key:Key", "wall-key").outputs["arn"]


def test_it_lists_every_component_of_the_package() -> None:
    # then
    listed = set(re.findall(r"`([A-Z]\w+)`", README.partition("## Which there are")[2]))
    assert {one.__name__ for one in COMPONENTS} <= listed
