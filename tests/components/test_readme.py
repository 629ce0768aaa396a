"""What components/README.md shows works as it is shown."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from pulumi import Output
from pulumi_aws import lambda_

import pulumi_rampart
from pulumi_rampart.component import PACKAGE
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.package.components import COMPONENTS
from pulumi_rampart.package.provider import RampartProvider
from pulumi_rampart.testing import record
from tests.components.inside import BOUNDARY, recorded, refusal

FOLDER = Path(pulumi_rampart.__file__).parents[1]
README = (FOLDER / "README.md").read_text()
REPOSITORY_README = (FOLDER.parent / "README.md").read_text()


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def program() -> str:
    """All Python of the README but its test, as one program."""
    return "\n".join(one for one in blocks("python") if "def test_" not in one)


def shared_boundary() -> dict[str, Any]:
    return json.loads(json.dumps(BOUNDARY))


def test_its_program_runs_and_its_test_passes(functions: Path) -> None:
    # given
    (functions / "__main__.py").write_text(blocks("python")[0])
    (test,) = [one for one in blocks("python") if "def test_" in one]

    # when
    (functions / "whole.py").write_text(program())
    graph = record(
        functions / "whole.py",
        config={"aws:region": "eu-central-1"},
        stack_references={"organization/network/prod": {"boundary": shared_boundary()}},
    )

    # then
    mappings = graph.of("aws:lambda/eventSourceMapping:EventSourceMapping")
    assert {one.name for one in mappings} == {"jobs-to-worker"}
    assert graph.one("aws:sqs/queue:Queue", "audit").inputs["messageRetentionSeconds"] == 604_800
    assert graph.one("aws:sqs/queue:Queue", "reports").inputs["kmsMasterKeyId"]
    defined: dict[str, Any] = {}
    exec(test, defined)  # noqa: S102  # our own README
    defined["test_the_queue_hides_a_message_for_six_timeouts"]()


@pytest.mark.parametrize("text", [README, REPOSITORY_README], ids=["components", "repository"])
def test_its_python_type_checks_strictly(text: str, tmp_path: Path) -> None:
    # given
    (tmp_path / "readme.py").write_text("\n".join(blocks("python", text)))
    configuration = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "extraPaths": [str(FOLDER)],
        # What is exported at the end of one example is read by nobody.
        "reportUnusedExpression": False,
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(configuration))

    # when
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "-p", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    # then
    assert "0 errors" in done.stdout, done.stdout


def test_its_refusal_is_what_the_queue_says() -> None:
    # given
    shown = re.search(r"(?m)^    jobs\.consumer_timeout_seconds.*\n    .*$", README)
    assert shown

    # when
    message = refusal(
        lambda: ObservedQueue("jobs", {"boundary": BOUNDARY, "consumer_timeout_seconds": 9000})
    )

    # then
    assert " ".join(shown.group().split()) == message


@pytest.mark.usefixtures("functions")
def test_its_yaml_deploys_boundary_queue_function_and_mapping() -> None:
    # given
    (text,) = blocks("yaml")
    resources = yaml.safe_load(text)["resources"]
    made: dict[str, Any] = {}

    def deploy() -> None:
        provider = RampartProvider()
        for name, one in resources.items():
            inputs = _resolved(one.get("properties", {}), made)
            if one["type"].startswith(f"{PACKAGE}:"):
                made[name] = provider.construct(name, one["type"], inputs).state
            else:
                lambda_.EventSourceMapping(
                    name,
                    event_source_arn=inputs["eventSourceArn"],
                    function_name=inputs["functionName"],
                    function_response_types=inputs["functionResponseTypes"],
                )

    # when
    graph = recorded(deploy)

    # then
    queue = graph.one("aws:sqs/queue:Queue", "jobs")
    assert queue.inputs["visibilityTimeoutSeconds"] == 360
    key = graph.one("aws:kms/key:Key", "boundary-key").outputs["arn"]
    assert queue.inputs["kmsMasterKeyId"] == key
    role = graph.one("aws:iam/rolePolicy:RolePolicy", "worker-role-policy").inputs["policy"]
    assert queue.outputs["arn"] in role
    assert key in role


def test_what_it_says_of_verbs_is_what_they_write() -> None:
    """The table of permissions for other languages follows the verbs."""
    # given
    rows = re.findall(r"\| `queue\.(\w+)\(\)` \| (.*?) \| `queue\.arn` \| (.*?) \|", README)
    written: dict[str, list[set[str]]] = {}

    def make() -> None:
        queue = ObservedQueue("jobs", {"boundary": BOUNDARY, "consumer_timeout_seconds": 60})
        for verb, _, _ in rows:
            statements = getattr(queue, verb)()["statements"]
            written[verb] = [set(one["actions"]) for one in statements]

    # when
    recorded(make)

    # then
    shown = {verb: [set(re.findall(r"`(.*?)`", c)) for c in cells] for verb, *cells in rows}
    assert shown == written
    assert written.keys() == {"send", "consume"}


def test_it_lists_every_component_of_the_package() -> None:
    listed = set(re.findall(r"`([A-Z]\w+)`", README.partition("## Which there are")[2]))
    assert {one.__name__ for one in COMPONENTS} <= listed


def _resolved(value: Any, made: dict[str, Any]) -> Any:  # noqa: ANN401  # any YAML
    """Replace `${name.output.field}` as Pulumi's YAML runtime does."""
    if isinstance(value, dict):
        return {key: _resolved(each, made) for key, each in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list):
        return [_resolved(each, made) for each in value]  # pyright: ignore[reportUnknownVariableType]
    found = (
        re.fullmatch(r"\$\{(\w+)\.(\w+)(?:\.(\w+))?\}", value) if isinstance(value, str) else None
    )
    if not found:
        return value
    name, output, field = found.groups()
    whole = made[name][output]
    if isinstance(whole, dict):
        return whole[field] if field else Output.from_input(whole)  # pyright: ignore[reportUnknownVariableType]
    return whole
