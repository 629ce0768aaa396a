"""The package in a TypeScript program: made, changed inside by a transform, refused by name."""

import shutil
import subprocess
from pathlib import Path

import pytest

import pulumi_rampart
from pulumi_rampart.testing import Graph, NodeProcess, record

PROGRAM = Path(__file__).parent / "typescript"
PACKAGE = Path(pulumi_rampart.__file__).parents[1]
QUEUE = "aws:sqs/queue:Queue"

pytestmark = [
    pytest.mark.registry,
    pytest.mark.skipif(shutil.which("npm") is None, reason="a TypeScript program needs npm"),
]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, with the SDK that it asks for."""
    folder = tmp_path_factory.mktemp("foreign") / "shop"
    shutil.copytree(PROGRAM, folder)
    npm = ["npm", "install", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(npm, cwd=folder, check=True)
    return folder


def recorded(program: Path, timeout: str) -> Graph:
    return record(
        program,
        config={"aws:region": "eu-central-1", "shop:timeout": timeout},
        project="shop",
        host=NodeProcess(),
        plugins={"rampart": PACKAGE},
    )


@pytest.fixture(scope="module")
def graph(program: Path) -> Graph:
    return recorded(program, "60")


def test_a_queue_behind_a_boundary_is_made_in_typescript(graph: Graph) -> None:
    queue = graph.one(QUEUE, "jobs")
    assert queue.inputs["visibilityTimeoutSeconds"] == 360
    assert queue.inputs["kmsMasterKeyId"] == graph.one("aws:kms/key:Key", "edge-key").outputs["arn"]
    assert graph.exports["url"] == queue.outputs["url"]


def test_a_transform_in_typescript_changes_a_child_and_no_other(graph: Graph) -> None:
    kept = {one.name: one.inputs["messageRetentionSeconds"] for one in graph.of(QUEUE)}
    assert kept["jobs-dead"] == 3600
    assert kept["jobs"] != 3600


def test_a_wrong_argument_is_refused_in_the_words_of_typescript(program: Path) -> None:
    # when
    with pytest.raises(Exception, match="consumerTimeoutSeconds") as refused:
        recorded(program, "9000")

    # then
    text = str(refused.value)
    assert "9000: a whole number from 1 to 7200 is allowed" in text
    assert "consumer_timeout_seconds" not in text
    assert ".py" not in text
