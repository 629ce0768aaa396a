"""An old stack is let in as it is: what it has broken may only become less."""

import json
from pathlib import Path
from typing import Any

import pytest

from rampart_policies import aws, snapshot
from rampart_policies.command import main
from tests.policies.stacks import Made, made


def judged(folder: Path, *resources: Made, arguments: tuple[str, ...] = ()) -> int:
    file = folder / "graph.json"
    file.write_text(json.dumps({"resources": resources}))
    return main(["--graph", str(file), "--format", "json", *arguments])


@pytest.fixture
def old(tmp_path: Path) -> tuple[str, ...]:
    file = str(tmp_path / "old.json")
    judged(tmp_path, made(aws.LOG_GROUP, "audit"), arguments=("--write-snapshot", file))
    return ("--snapshot", file)


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    lines = capsys.readouterr().out
    return json.loads(lines[lines.rindex('{\n  "version"') :])


def test_what_was_broken_already_blocks_nothing(tmp_path: Path, old: tuple[str, ...]) -> None:
    assert judged(tmp_path, made(aws.LOG_GROUP, "audit")) == 20
    assert judged(tmp_path, made(aws.LOG_GROUP, "audit"), arguments=old) == 0


def test_what_is_new_blocks(tmp_path: Path, old: tuple[str, ...]) -> None:
    # given
    worse = made(aws.LOG_GROUP, "audit", retentionInDays=1)
    another = made(aws.LOG_GROUP, "second")

    # then
    assert judged(tmp_path, worse, arguments=old) == 20
    assert judged(tmp_path, made(aws.LOG_GROUP, "audit"), another, arguments=old) == 20


def test_what_is_mended_is_said(
    tmp_path: Path, old: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    mended = made(aws.LOG_GROUP, "audit", retentionInDays=400, kmsKeyId="arn:aws:kms:::key/k")

    # when
    status = judged(tmp_path, mended, arguments=old)

    # then
    assert status == 0
    assert {rule for rule, _, _ in printed(capsys)["gone"]} == {"logs-key", "logs-retention"}


def test_a_snapshot_is_read_as_it_was_written(tmp_path: Path) -> None:
    # given
    findings = {("a", "urn:1", "x"), ("a", "urn:1", "y"), ("b", "urn:2", "x")}

    # when
    snapshot.write(tmp_path / "s.json", findings)

    # then
    assert snapshot.read(tmp_path / "s.json") == findings


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"findings": []}', '{"findings": {"a": 1}}'])
def test_what_is_no_snapshot_is_refused(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    file = tmp_path / "old.json"
    file.write_text(content)

    # when
    status = judged(tmp_path, made(aws.LOG_GROUP), arguments=("--snapshot", str(file)))

    # then
    assert status == 2
    assert "is no snapshot" in capsys.readouterr().err
