"""`python -m rampart_policies` judges a recorded graph and tells the result by its exit status."""

import importlib.metadata
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from rampart_policies import aws
from rampart_policies.command import main
from rampart_policies.pack import RULES
from rampart_policies.page import page
from rampart_policies.version import __version__
from tests.policies.stacks import Made, made

ROOT = Path(__file__).parents[2]


def recorded(folder: Path, *resources: Made) -> str:
    file = folder / "graph.json"
    file.write_text(json.dumps({"resources": resources, "exports": {}}))
    return str(file)


def test_it_runs_as_a_module_on_a_graph(tmp_path: Path) -> None:
    # given
    file = recorded(tmp_path, made(aws.LOG_GROUP, "audit"))

    # when
    done = subprocess.run(
        [sys.executable, "-m", "rampart_policies", "--graph", file, "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    # then
    content = json.loads(done.stdout)
    assert {breach["rule"] for breach in content["breaches"]} == {"logs-key", "logs-retention"}
    assert done.returncode == content["exit_status"] == 20


@pytest.mark.parametrize(
    "arguments",
    [
        ["--graph", "no-such-file.json"],
        ["--graph", "graph.json", "--profile", "lenient"],
        ["--stack", "no-such-stack"],
    ],
)
def test_a_wrong_call_says_so(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    recorded(tmp_path)
    here = Path.cwd()
    os.chdir(tmp_path)

    # when
    try:
        status = main(arguments)
    finally:
        os.chdir(here)

    # then
    assert status == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_the_pack_has_one_version_wherever_it_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given: test_crossguard.py asks the engine's side
    file = recorded(tmp_path, made(aws.LOG_GROUP, "audit"))
    metadata = yaml.safe_load((ROOT / "policies" / "PulumiPolicy.yaml").read_text())

    # when
    with pytest.raises(SystemExit):
        main(["--version"])
    told = capsys.readouterr().out.strip()
    main(["--graph", file, "--format", "json"])
    in_json = json.loads(capsys.readouterr().out)["version"]
    main(["--graph", file, "--format", "sarif"])
    (run,) = json.loads(capsys.readouterr().out)["runs"]

    # then
    of_distribution = importlib.metadata.version("rampart-policies")
    versions = {told, in_json, run["tool"]["driver"]["version"], metadata["version"]}
    assert versions == {__version__} == {of_distribution}


def test_the_page_in_docs_is_up_to_date() -> None:
    assert (ROOT / "docs" / "policies.md").read_text() == page(RULES), (
        "run: python -m rampart_policies --docs > docs/policies.md"
    )
