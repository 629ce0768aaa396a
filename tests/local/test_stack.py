"""Configuration is read as the Pulumi CLI reads it."""

from pathlib import Path

from rampart_local.stack import read_stack


def test_values_become_the_strings_that_a_program_gets(tmp_path: Path) -> None:
    # given
    (tmp_path / "Pulumi.yaml").write_text(
        "name: app\nruntime: python\n"
        "config:\n  size: {type: integer, default: 3}\n  aws:region: x\n"
    )
    (tmp_path / "Pulumi.dev.yaml").write_text(
        "config:\n  aws:region: eu-west-1\n  app:on: true\n  app:names: [a, b]\n"
        "  app:key: {secure: v1:abc}\n"
    )

    # when
    stack = read_stack(tmp_path, "dev")

    # then
    assert stack.config == {
        "app:size": "3",
        "aws:region": "eu-west-1",
        "app:on": "true",
        "app:names": '["a", "b"]',
    }


def test_a_secret_that_only_the_stacks_key_can_open_is_left_out(tmp_path: Path) -> None:
    # given
    (tmp_path / "Pulumi.yaml").write_text("name: app\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  app:key: {secure: v1:abc}\n")

    # when
    stack = read_stack(tmp_path, "dev")

    # then
    assert stack.config == {}
    assert stack.secret_keys == {"app:key"}
