"""The command line, as a person uses it."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).parent / "program"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rampart_local", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-u", "-m", "rampart_local", "up", "--project", str(PROGRAM)]
    process = subprocess.Popen(
        [*command, "--state-folder", str(tmp_path / "state")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def read_until(process: subprocess.Popen[str], word: str) -> str:
    assert process.stdout
    lines = ""
    for line in process.stdout:
        lines += line
        if word in line:
            return lines
    pytest.fail(f"it ended without saying {word!r}:\n{lines}")


def processes_of(folder: Path) -> int:
    listed = subprocess.run(
        ["/bin/ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True
    )
    return sum(str(folder) in line for line in listed.stdout.splitlines())


def test_a_graph_is_written_without_creating_anything(tmp_path: Path) -> None:
    # given
    file = tmp_path / "graph.json"

    # when
    done = run("graph", "--project", str(PROGRAM), "--json", str(file))

    # then
    assert done.returncode == 0, done.stderr
    graph = json.loads(file.read_text())
    assert "api_url" in graph["exports"]
    assert {"urn", "type", "inputs", "property_dependencies"} <= graph["resources"][0].keys()


def test_up_prints_addresses_and_a_token_and_stops_on_ctrl_c(
    running: subprocess.Popen[str], tmp_path: Path
) -> None:
    # given
    said = read_until(running, "Ctrl-C")

    # when
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)

    # then
    assert "api_url: http://127.0.0.1:" in said
    assert "eyJ" in said
    assert running.returncode == 0
    assert not processes_of(tmp_path)


def test_what_was_started_ends_when_the_command_is_killed(
    running: subprocess.Popen[str], tmp_path: Path
) -> None:
    # given
    read_until(running, "Ctrl-C")

    # when
    running.kill()
    running.wait()

    # then
    deadline = time.monotonic() + 10
    while processes_of(tmp_path):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_missing_stack_is_said_in_words_and_fails() -> None:
    # when
    done = run("up", "--project", str(PROGRAM), "--stack", "nowhere")

    # then
    assert done.returncode == 1
    assert "There is no stack 'nowhere' here; there are ['dev']." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_graph_takes_values_outputs_of_other_stacks_and_says_what_the_program_says(
    tmp_path: Path,
) -> None:
    # given
    (tmp_path / "Pulumi.yaml").write_text("name: app\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(
        "import pulumi\n"
        "pulumi.log.warn('mind the step')\n"
        "network = pulumi.StackReference('organization/network/dev')\n"
        "pulumi.export('seen', [pulumi.Config().require('size'), network.get_output('vpc_id')])\n"
    )
    references = tmp_path / "references.json"
    references.write_text(json.dumps({"organization/network/dev": {"vpc_id": "vpc-1"}}))
    graph = tmp_path / "graph.json"
    command = ["graph", "--project", str(tmp_path), "--json", str(graph)]

    # when
    done = run(*command, "--config", "app:size=3", "--stack-references", str(references))

    # then
    assert done.returncode == 0, done.stderr
    assert json.loads(graph.read_text())["exports"] == {"seen": ["3", "vpc-1"]}
    assert "warning: mind the step" in done.stderr

    # when
    done = run(*command, "--config", "app:size=3")

    # then
    assert done.returncode == 1
    assert "StackReferenceError" in done.stderr
    assert "--stack-references FILE" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_configuration_value_without_a_key_is_refused() -> None:
    # when
    done = run("graph", "--project", str(PROGRAM), "--json", "x", "--config", "size")

    # then
    assert done.returncode == 1
    assert "write NAMESPACE:KEY=VALUE" in done.stderr
