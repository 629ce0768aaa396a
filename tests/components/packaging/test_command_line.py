from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_rampart.packaging import ZipSource
from pulumi_rampart.packaging.__main__ import main

Project = Callable[[Path], ZipSource]


def test_build_prints_the_path_of_the_zip(
    tmp_path: Path, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    source = project(tmp_path)
    places = ["--root", str(tmp_path), "--cache", str(tmp_path / "cache")]

    # when
    code = main(["build", str(source.source), *places, "--include", "runtime/shared"])

    # then
    assert code == 0
    assert Path(capsys.readouterr().out.splitlines()[0]).is_file()


def test_what_is_wrong_is_said_in_one_line_without_a_traceback(
    tmp_path: Path, project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    source = project(tmp_path)
    (source.folder / "requirements.txt").write_text("iniconfig==2.1.0\n")

    # when
    code = main(["build", str(source.source), "--root", str(tmp_path)])

    # then
    assert code == 1
    assert "has no requirements.lock beside it" in capsys.readouterr().err


def test_locking_a_folder_without_requirements_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # when
    code = main(["lock", str(tmp_path)])

    # then
    assert code == 1
    assert "no requirements.txt under" in capsys.readouterr().err
