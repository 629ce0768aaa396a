"""A team adds a rule of its own in ten lines, as the documentation shows."""

import json
import re
from pathlib import Path

import pytest

from rampart_policies import aws
from rampart_policies.command import main
from tests.policies.stacks import made

HOWTO = Path(__file__).parents[2] / "docs" / "policies-howto.md"


def documented(folder: Path) -> Path:
    (code,) = re.findall(r"```python\n(.*?)```", HOWTO.read_text(), re.DOTALL)
    file = folder / "queue_names.py"
    file.write_text(code)
    return file


def judge(folder: Path, rule: Path, name: str) -> int:
    graph = folder / "graph.json"
    graph.write_text(json.dumps({"resources": [made(aws.SQS_QUEUE, name)]}))
    call = ["--graph", str(graph), "--rules", str(rule), "--format", "json"]
    return main([*call, "--profile", "baseline"])


def test_the_documented_rule_judges(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # given
    rule = documented(tmp_path)

    # when
    statuses = [judge(tmp_path, rule, name) for name in ("shop-orders", "orders")]

    # then
    assert statuses == [0, 30]
    assert "acme-queue-names" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("x = 1", "has no RULE"),
        ("raise ValueError('no')", "cannot be run: no"),
        (None, "is no Python file"),
        ("from rampart_policies.rules.sqs_tls import RULE", "there is a rule 'sqs-tls' already"),
    ],
)
def test_a_file_without_a_usable_rule_is_refused_by_name(
    content: str | None, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    file = tmp_path / "own.py"
    if content is not None:
        file.write_text(content)

    # when
    status = judge(tmp_path, file, "orders")

    # then
    assert status == 2
    message = capsys.readouterr().err
    assert complaint in message
    assert str(file) in message
