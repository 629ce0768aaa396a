"""Options of Pulumi.yaml and of stack files are supported, or refused by name with what to do."""

import base64
import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from pulumi_rampart.testing import InProcess, LanguageHost, NodeProcess, PythonProcess
from rampart_local.deploy import deploy
from rampart_local.passphrase import PassphraseError
from rampart_local.project_files import ProjectFileError, stack_names
from rampart_local.recording import SealedConfigurationError, host_of, record_stack
from rampart_local.stack import read_stack

PROJECT = "name: app\nruntime: python\n"


def project(folder: Path, described: str = PROJECT, **files: str) -> Path:
    """Write a project; `__main__.py` and `Pulumi.dev.yaml` are `__main___py` and `dev`."""
    (folder / "Pulumi.yaml").write_text(described)
    for name, text in files.items():
        path = folder / ("__main__.py" if name == "main" else f"Pulumi.{name}.yaml")
        path.write_text(text)
    return folder


def test_main_names_the_folder_or_the_file_of_the_program(tmp_path: Path) -> None:
    # given
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "__main__.py").write_text(
        "import os, pulumi\npulumi.export('here', os.getcwd())\n"
    )
    (tmp_path / "infra" / "other.py").write_text("import pulumi\npulumi.export('other', 1)\n")

    for main, exports in (
        ("infra", {"here": str(tmp_path.resolve() / "infra")}),
        ("infra/other.py", {"other": 1}),
    ):
        # when
        project(tmp_path, f"{PROJECT}main: {main}\n", dev="")

        # then
        assert record_stack(read_stack(tmp_path, "dev")).exports == exports


def test_a_project_without_stack_files_has_any_stack_with_its_defaults(tmp_path: Path) -> None:
    # given
    project(tmp_path, f"{PROJECT}config:\n  size: {{default: 3}}\n")

    # then
    assert read_stack(tmp_path, "dev").config == {"app:size": "3"}


def test_a_stack_that_others_have_files_beside_is_refused_with_their_names(tmp_path: Path) -> None:
    # given
    project(tmp_path, dev="", prod="")

    # then
    with pytest.raises(FileNotFoundError, match=r"'test' here; there are \['dev', 'prod'\].*empty"):
        read_stack(tmp_path, "test")


@pytest.mark.parametrize("word", ["config", "stackConfigDir"])
def test_stack_files_may_lie_in_a_folder_of_their_own(tmp_path: Path, word: str) -> None:
    # given
    project(tmp_path, f"{PROJECT}{word}: stacks\n")
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks" / "Pulumi.dev.yaml").write_text("config:\n  app:size: 3\n")

    # then
    assert stack_names(tmp_path) == ["dev"]
    assert read_stack(tmp_path, "dev").config == {"app:size": "3"}


@pytest.mark.parametrize("content", ["- a\n", "a: [\n", "runtime: python\n", "name: app\n"])
def test_a_project_file_that_says_nothing_usable_is_named(tmp_path: Path, content: str) -> None:
    # given
    project(tmp_path, content)

    # then
    with pytest.raises(ProjectFileError, match=r"Pulumi\.yaml"):
        read_stack(tmp_path, "dev")


def test_an_environment_is_refused_by_name_unless_its_values_are_given(tmp_path: Path) -> None:
    # given
    project(
        tmp_path,
        dev="environment: [shop/dev]\nconfig:\n  app:size: 3\n",
        main="import os, pulumi\npulumi.export('word', os.environ['WORD'])\n",
    )
    opened = tmp_path / "opened.json"
    opened.write_text(
        json.dumps(
            {
                "pulumiConfig": {"aws:region": "eu-west-1", "app:size": 1},
                "environmentVariables": {"WORD": "w"},
            }
        )
    )

    # then
    with pytest.raises(ProjectFileError, match=r"shop/dev.*pulumi env open NAME > FILE"):
        read_stack(tmp_path, "dev")

    # when
    stack = read_stack(tmp_path, "dev", environment=opened)

    # then: the stack's own values come first
    assert stack.config == {"aws:region": "eu-west-1", "app:size": "3"}
    assert record_stack(stack).exports == {"word": "w"}
    assert "WORD" not in os.environ


class Sealed:
    """A stack encrypted with a passphrase, written as the CLI writes it."""

    def __init__(self, passphrase: str) -> None:
        salt = b"12345678"
        key = PBKDF2HMAC(SHA256(), 32, salt, 1_000_000).derive(passphrase.encode())
        self._key = AESGCM(key)
        self.salt = f"v1:{base64.b64encode(salt).decode()}:{self.seal('pulumi')}"

    def seal(self, text: str) -> str:
        nonce = b"123456789012"
        sealed = self._key.encrypt(nonce, text.encode(), None)
        return f"v1:{base64.b64encode(nonce).decode()}:{base64.b64encode(sealed).decode()}"


def test_secure_values_open_with_the_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    sealed = Sealed("open sesame")
    project(
        tmp_path,
        dev=f"encryptionsalt: {sealed.salt}\nconfig:\n"
        f"  app:key: {{secure: '{sealed.seal('hunter2')}'}}\n"
        f"  app:nested: {{user: me, word: {{secure: '{sealed.seal('w')}'}}}}\n",
    )
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "open sesame")

    # when
    stack = read_stack(tmp_path, "dev")

    # then
    assert stack.config == {"app:key": "hunter2", "app:nested": '{"user": "me", "word": "w"}'}
    assert stack.secret_keys == {"app:key", "app:nested"}
    assert stack.sealed == frozenset()

    # when
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "open barley")

    # then
    with pytest.raises(PassphraseError, match="is not the passphrase"):
        read_stack(tmp_path, "dev")


def test_a_secure_value_that_the_program_needs_is_refused_by_name(tmp_path: Path) -> None:
    # given
    project(
        tmp_path,
        dev="config:\n  app:key: {secure: v1:abc}\n  app:list: [{secure: v1:abc}]\n",
        main="import pulumi\npulumi.export('key', pulumi.Config('app').require_secret('key'))\n",
    )
    stack = read_stack(tmp_path, "dev")

    # then: and no ciphertext is taken for a value
    assert stack.config == {}
    with pytest.raises(
        SealedConfigurationError,
        match=r"\['app:key'\], which Pulumi\.dev\.yaml has encrypted.*--config app:key=VALUE",
    ):
        record_stack(stack)
    assert record_stack(stack, config={"app:key": "given"}).exports == {"key": "[secret]"}


def test_a_key_declared_secret_is_secret(tmp_path: Path) -> None:
    # given
    project(tmp_path, f"{PROJECT}config:\n  key: {{type: string, default: x, secret: true}}\n")

    # then
    assert read_stack(tmp_path, "dev").secret_keys == {"app:key"}


def test_the_projects_packages_are_where_it_says(tmp_path: Path) -> None:
    # given
    (tmp_path / "components").mkdir()
    project(
        tmp_path,
        f"{PROJECT}packages:\n  shop: components\n  terraform: terraform-provider\n"
        "plugins:\n  providers:\n    - {name: tea, path: components}\n",
    )

    # then: what is no path is a package of a registry
    folder = tmp_path.resolve() / "components"
    assert read_stack(tmp_path, "dev").packages == {"shop": folder, "tea": folder}


def test_the_runtime_says_what_runs_the_program(tmp_path: Path) -> None:
    # given
    def host(runtime: str) -> object:
        project(tmp_path, f"name: app\nruntime: {runtime}\n")
        return host_of(read_stack(tmp_path, "dev"))

    python = tmp_path / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()

    # then: Python in this process, unless the project has an interpreter of its own
    assert isinstance(host("python"), InProcess)
    assert isinstance(host("{name: python, options: {virtualenv: gone}}"), InProcess)
    own = host("{name: python, options: {virtualenv: venv}}")
    assert isinstance(own, PythonProcess)
    assert own.python == tmp_path.resolve() / "venv" / "bin" / "python"
    assert isinstance(host("nodejs"), NodeProcess)
    assert isinstance(host("go"), LanguageHost)


def test_a_laptop_refuses_to_run_another_language_by_name(tmp_path: Path) -> None:
    # given
    project(tmp_path, "name: app\nruntime: nodejs\n")

    # then
    with pytest.raises(RuntimeError, match="is a nodejs program; a laptop runs Python programs"):
        deploy(tmp_path, stack="dev")
