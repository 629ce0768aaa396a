"""A recording leaves nothing behind, and asks the cloud it is given."""

import asyncio
import sys
import threading
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi_aws import get_region, sqs

from pulumi_rampart.testing import Registration, record

QUEUE = "aws:sqs/queue:Queue"


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


def test_the_program_runs_in_its_folder_and_afterwards_everything_is_as_before(
    tmp_path: Path,
) -> None:
    # given
    write(
        tmp_path,
        "import os, pulumi, stock\npulumi.export('here', [os.getcwd(), stock.SHELF, __name__])\n",
    )
    (tmp_path / "stock.py").write_text("SHELF = 7\n")
    before = (Path.cwd(), list(sys.path))

    # when
    graph = record(tmp_path / "__main__.py")

    # then
    assert graph.exports == {"here": [str(tmp_path.resolve()), 7, "__main__"]}
    assert (Path.cwd(), list(sys.path)) == before
    sys.modules.pop("stock")


def test_after_a_failure_everything_is_as_before_too(tmp_path: Path) -> None:
    # given
    program = write(tmp_path, "raise RuntimeError('no')\n")
    before = (Path.cwd(), list(sys.path))

    # when
    with pytest.raises(RuntimeError, match="no"):
        record(program)

    # then
    assert (Path.cwd(), list(sys.path)) == before


def test_two_recordings_in_one_process_do_not_see_each_other() -> None:
    # given
    def program() -> None:
        config = pulumi.Config("shop")
        sqs.Queue("jobs", name=config.get("name"))
        pulumi.export("project", pulumi.get_project())

    # when
    first = record(program, project="one", config={"shop:name": "a"})
    second = record(program, project="two")

    # then
    assert (first.exports["project"], second.exports["project"]) == ("one", "two")
    assert first.one(QUEUE, "jobs").inputs == {"name": "a"}
    assert second.one(QUEUE, "jobs").inputs == {}


def test_the_same_program_always_gives_the_same_graph() -> None:
    # given
    def program() -> None:
        for n in range(20):
            Pair(f"jobs-{n}")

    # then
    assert record(program) == record(program)


def test_a_cloud_of_ones_own_answers_and_creates() -> None:
    # given
    class Paris:
        def __init__(self) -> None:
            self.created: list[str] = []

        def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
            self.created.append(resource.name)
            return "id-1", {"arn": "arn:paris"}

        def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
            return {"region": "eu-west-3", "id": f"{token}{len(arguments)}"}

    cloud = Paris()

    def program() -> None:
        Pair("jobs")
        pulumi.export("region", get_region().region)

    # when
    graph = record(program, cloud=cloud)

    # then: components exist in the graph only
    assert sorted(cloud.created) == ["jobs", "jobs-dead"]
    assert graph.one(QUEUE, "jobs").inputs["redrivePolicy"] == "arn:paris"
    assert graph.exports == {"region": "eu-west-3"}


def test_a_call_that_nobody_answers_says_how_to_answer_it() -> None:
    # then
    with pytest.raises(Exception, match=r"no answer for tea:index/getPot.*Pass record\(cloud="):
        record(lambda: pulumi.runtime.invoke("tea:index/getPot:getPot", {"size": 4}))


def test_an_independent_resource_need_not_wait() -> None:
    # given: a cloud in which the first queue is done only when the second is there
    second_is_there = threading.Event()
    order: list[str] = []

    class Slow:
        def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
            if resource.name == "first":
                assert second_is_there.wait(10)
            order.append(resource.name)
            second_is_there.set()
            return resource.name, {}

        def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
            raise LookupError(token, arguments)

    # when
    record(lambda: (sqs.Queue("first"), sqs.Queue("second")), cloud=Slow())

    # then
    assert order == ["second", "first"]


def test_code_that_uses_asyncio_itself_goes_on_working() -> None:
    # when
    record(lambda: Pair("jobs"))

    # then
    async def one() -> int:
        return 1

    assert asyncio.run(one()) == 1
