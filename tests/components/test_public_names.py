"""What the library promises to others."""

import subprocess
import sys
from pathlib import Path

import pulumi_rampart
from pulumi_rampart.package.components import COMPONENTS

PROMISED = Path(__file__).with_name("public_names.txt").read_text().split()


def test_the_public_names_are_those_that_were_promised() -> None:
    """A name that goes breaks others: change the list and the changelog with it."""
    assert sorted(pulumi_rampart.__all__) == PROMISED
    assert [name for name in pulumi_rampart.__all__ if not hasattr(pulumi_rampart, name)] == []


def test_every_component_of_other_languages_is_public_in_python() -> None:
    assert {one.__name__ for one in COMPONENTS} <= set(pulumi_rampart.__all__)


def test_the_library_is_imported_where_a_folder_is_named_as_it_used_to_be(tmp_path: Path) -> None:
    # given
    (tmp_path / "components").mkdir()
    (tmp_path / "components" / "__init__.py").write_text("OURS = True\n")

    # when
    code = "import components, pulumi_rampart; assert components.OURS; pulumi_rampart.ObservedQueue"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    # then
    assert done.returncode == 0, done.stderr
