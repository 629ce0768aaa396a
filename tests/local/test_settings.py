"""Stand-ins are started by what a project says of itself, under its own configuration keys."""

from pathlib import Path

import pytest

from rampart_local.project_files import ProjectFileError
from rampart_local.services import started
from rampart_local.settings import Settings, read_settings
from rampart_local.stack import Stack, read_stack

PROJECT = "name: shop\nruntime: python\n"


def written(folder: Path, section: str) -> Settings:
    (folder / "Pulumi.yaml").write_text(PROJECT + section)
    return read_settings(folder)


def stack(folder: Path, **config: str) -> Stack:
    described = read_stack(folder, "dev")
    described.config.update({f"shop:{key}": value for key, value in config.items()})
    return described


def test_a_project_that_says_nothing_gets_nothing(tmp_path: Path) -> None:
    # given
    settings = written(tmp_path, "")

    # when
    with started(stack(tmp_path, neo4jUri="bolt://there"), settings, tmp_path, print) as config:
        # then
        assert config == {}


def test_a_stand_in_leads_the_program_here_by_the_programs_own_keys(tmp_path: Path) -> None:
    # given
    section = """rampart:
  services:
    pinecone:
      if_configured: vectors
      config: {vectorsUrl: url, 'other:key': api_key}
"""
    settings = written(tmp_path, section)

    # when
    with started(stack(tmp_path, vectorsUrl="https://there"), settings, tmp_path, print) as config:
        # then
        assert config["shop:vectorsUrl"].startswith("http://127.0.0.1:")
        assert config["other:key"]
    with started(stack(tmp_path), settings, tmp_path, print) as config:
        assert config == {}


def test_values_of_the_section_go_before_the_stacks(tmp_path: Path) -> None:
    # then
    settings = written(tmp_path, "rampart:\n  config: {answerer: none, 'aws:profile': x}\n")
    assert settings.config == {"shop:answerer": "none", "aws:profile": "x"}


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("rampart: {servises: {}}", r"\['servises'\]; it knows \['config', 'services'\]"),
        ("rampart: {services: {redis: {config: {}}}}", r"\['redis'\]; there are stand-ins for"),
        (
            "rampart: {services: {pinecone: {config: {key: token}}}}",
            r"asks for \['token'\]; it has \['api_key', 'url'\]",
        ),
        ("rampart: [postgres]", r"has to be a mapping"),
    ],
)
def test_what_the_section_cannot_mean_is_refused_with_what_it_can(
    tmp_path: Path, section: str, message: str
) -> None:
    # then
    with (
        pytest.raises(ProjectFileError, match=message),
        started(stack_of(tmp_path, section), read_settings(tmp_path), tmp_path, print),
    ):
        pass


def stack_of(folder: Path, section: str) -> Stack:
    (folder / "Pulumi.yaml").write_text(PROJECT + section)
    return stack(folder)
