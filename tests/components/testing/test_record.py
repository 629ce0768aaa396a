"""The recorder is what other projects import: its promises, one by one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pulumi
import pytest
from pulumi_aws import s3, sqs

from pulumi_rampart.testing import SECRET, UNKNOWN, record

QUEUE = "aws:sqs/queue:Queue"
ROOT = Path(__file__).parents[3]


class Pair(pulumi.ComponentResource):
    def __init__(self, name: str) -> None:
        super().__init__("shop:index:Pair", name)
        child = pulumi.ResourceOptions(parent=self)
        dead = sqs.Queue(f"{name}-dead", opts=child)
        self.url = sqs.Queue(
            name, redrive_policy=dead.arn, opts=pulumi.ResourceOptions(parent=self, protect=True)
        ).url
        self.register_outputs({"url": self.url})


def write(folder: Path, program: str) -> Path:
    path = folder / "__main__.py"
    path.write_text(program)
    return path


def test_another_projects_test_takes_three_lines_and_two_imports(tmp_path: Path) -> None:
    # given: somebody's program, and their test
    write(
        tmp_path,
        "from pulumi_aws import sqs\nsqs.Queue('jobs', visibility_timeout_seconds=360)\n",
    )
    test = (
        "from pathlib import Path\n"
        "from pulumi_rampart.testing import record\n"
        "graph = record(Path('__main__.py'), config={'aws:region': 'eu-central-1'})\n"
        "queue = graph.one('aws:sqs/queue:Queue', 'jobs').inputs\n"
        "assert queue['visibilityTimeoutSeconds'] == 360\n"
    )

    # when
    done = subprocess.run(
        [sys.executable, "-c", test],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )

    # then
    assert done.returncode == 0


def test_a_resource_is_named_as_the_engine_names_it() -> None:
    # when
    graph = record(lambda: Pair("jobs"), project="shop", stack="prod")

    # then
    assert [one.urn for one in graph.resources] == [
        "urn:pulumi:prod::shop::shop:index:Pair$aws:sqs/queue:Queue::jobs",
        "urn:pulumi:prod::shop::shop:index:Pair$aws:sqs/queue:Queue::jobs-dead",
        "urn:pulumi:prod::shop::shop:index:Pair::jobs",
    ]


def test_parents_dependencies_and_options_are_recorded() -> None:
    # when
    graph = record(lambda: Pair("jobs"))

    # then
    jobs, dead = graph.one(QUEUE, "jobs"), graph.one(QUEUE, "jobs-dead")
    (pair,) = graph.of("shop:index:Pair")
    assert graph.children(pair.urn) == (jobs, dead)
    assert jobs.dependencies == [dead.urn]
    assert jobs.property_dependencies == {"redrivePolicy": [dead.urn]}
    assert jobs.options == {"protect": True}
    assert (jobs.custom, pair.custom) == (True, False)


def test_a_component_shows_what_it_registered_as_outputs() -> None:
    # when
    graph = record(lambda: Pair("jobs"))

    # then
    (pair,) = graph.of("shop:index:Pair")
    assert pair.outputs == {"url": graph.one(QUEUE, "jobs").outputs["url"]}


def test_whole_numbers_stay_whole() -> None:
    # when
    graph = record(lambda: sqs.Queue("jobs", visibility_timeout_seconds=360))

    # then
    value = graph.one(QUEUE, "jobs").inputs["visibilityTimeoutSeconds"]
    assert (value, type(value)) == (360, int)


def test_a_preview_knows_nothing_that_only_a_deployment_can_know() -> None:
    # when
    graph = record(lambda: Pair("jobs"), preview=True)

    # then
    jobs = graph.one(QUEUE, "jobs")
    assert jobs.inputs["redrivePolicy"] == UNKNOWN
    assert jobs.id == ""
    assert "arn" not in jobs.outputs


def test_a_preview_shows_what_is_made_only_after_a_deployment() -> None:
    # given: the mistake that a preview does not show
    def program() -> None:
        first = sqs.Queue("first")
        first.arn.apply(lambda arn: sqs.Queue(f"second-{arn[-5:]}"))

    # when
    foreseen, made = record(program, preview=True), record(program)

    # then
    assert {one.name for one in made.resources} - {one.name for one in foreseen.resources} == {
        "second-first"
    }


def test_secrets_of_the_configuration_are_masked_wherever_they_go() -> None:
    # given
    def program() -> None:
        password = pulumi.Config("shop").require_secret("password")
        url = pulumi.Output.concat("https://u:", password, "@h")
        sqs.Queue("jobs", tags={"plain": "seen", "url": url})
        pulumi.export("url", url)

    # when
    graph = record(program, config={"shop:password": "hunter2"}, secret_keys=["shop:password"])

    # then
    assert "hunter2" not in json.dumps(graph.to_json())
    assert graph.one(QUEUE, "jobs").inputs["tags"] == {"plain": "seen", "url": SECRET}
    assert graph.exports == {"url": SECRET}


def test_what_a_resource_declares_secret_is_masked_among_its_outputs() -> None:
    # when
    graph = record(
        lambda: sqs.Queue("jobs", opts=pulumi.ResourceOptions(additional_secret_outputs=["arn"]))
    )

    # then
    assert graph.one(QUEUE, "jobs").outputs["arn"] == SECRET


def test_the_same_name_twice_is_refused_as_the_engine_does() -> None:
    # given
    def program() -> None:
        sqs.Queue("jobs")
        sqs.Queue("jobs")

    # then
    with pytest.raises(Exception, match=r"Duplicate resource URN 'urn:.*::jobs'"):
        record(program)


def test_an_error_of_the_program_comes_out_as_it_is() -> None:
    # given
    class ShopClosedError(Exception):
        pass

    def program() -> None:
        sqs.Queue("jobs")
        raise ShopClosedError("at night")

    # then
    with pytest.raises(ShopClosedError, match="at night"):
        record(program)


def test_an_error_inside_an_apply_comes_out_too() -> None:
    # given
    def program() -> None:
        pulumi.export("never", sqs.Queue("jobs").arn.apply(lambda arn: {}[arn]))

    # then
    with pytest.raises(KeyError):
        record(program)


def test_what_the_program_exports_is_recorded() -> None:
    # when
    graph = record(lambda: pulumi.export("answer", sqs.Queue("jobs").name))

    # then
    assert graph.exports == {"answer": "jobs"}


def test_a_resource_that_exists_already_is_read_and_not_created() -> None:
    # when
    graph = record(lambda: pulumi.export("arn", s3.Bucket.get("files", "files-1").arn))

    # then
    (bucket,) = graph.of("aws:s3/bucket:Bucket")
    assert (bucket.external, bucket.id, bucket.inputs) == (True, "files-1", {})
    assert graph.exports == {"arn": "arn:aws:s3:::files-1"}


def test_the_graph_is_plain_json() -> None:
    # when
    graph = record(lambda: Pair("jobs"))

    # then
    shape = json.loads(json.dumps(graph.to_json()))
    assert set(shape) == {"resources", "exports", "logs"}
    assert set(shape["resources"][0]) == {
        "urn",
        "type",
        "name",
        "parent",
        "custom",
        "inputs",
        "outputs",
        "id",
        "dependencies",
        "property_dependencies",
        "options",
        "provider",
        "region",
        "external",
        "source_position",
        "stack_trace",
    }


def test_asking_for_a_resource_that_is_not_there_lists_those_that_are() -> None:
    # given
    graph = record(lambda: Pair("jobs"))

    # then
    with pytest.raises(
        LookupError, match=r"no aws:sqs/queue:Queue named 'job'; there are \['jobs'"
    ):
        graph.one(QUEUE, "job")
