"""Records programs that are not ours, each with the packages it asks for: docs/recorder.md's table.

    python -m bench.foreign_programs CHECKOUT SCRATCH > table.md

CHECKOUT is a folder with Pulumi projects, e.g. of github.com/pulumi/examples; SCRATCH gets a
virtual environment for each list of requirements, and the graphs. What is recorded there is not
recorded again: `bench.foreign_findings` judges it. Nothing is created in any cloud.
"""

import hashlib
import json
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from bench.foreign_answers import CONFIG, FILES, STACK_REFERENCES
from rampart_local.project_files import read_project, runtime
from rampart_local.recording import record_stack
from rampart_local.stack import Stack, read_stack

MODES = ("up", "preview")

# What a TypeScript program may ask for beside @pulumi/aws: no package whose components are made by
# a provider in another process, which npm does not bring.
_IN_PROCESS = {"@pulumi/aws", "@pulumi/pulumi", "@pulumi/random", "@pulumi/tls"}


@dataclass
class Recorded:
    """What came of one program."""

    name: str
    """Its folder in the checkout."""
    refused: str = ""
    """What the installer said, where the packages do not install together."""
    graphs: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """By mode, as `rampart graph` writes them."""
    failures: dict[str, str] = field(default_factory=dict[str, str])
    """By mode, the last line of what the program said."""
    seconds: int = 0


def projects(checkout: Path) -> Iterator[Path]:
    """Find the folders of programs for AWS (`aws-*`) in Python and TypeScript, in order."""
    for file in sorted(checkout.glob("aws-*/**/Pulumi.yaml")):
        if "node_modules" not in file.parts:
            language = runtime(read_project(file.parent))[0]
            if language == "python" or (language == "nodejs" and _in_process(file.parent)):
                yield file.parent


def _in_process(project: Path) -> bool:
    """Tell whether npm brings all that a TypeScript program's packages need."""
    described = project / "package.json"
    if not (project / "tsconfig.json").exists() or not described.exists():
        return False
    wanted = json.loads(described.read_text()).get("dependencies", {})
    return (
        "@pulumi/aws" in wanted and {k for k in wanted if k.startswith("@pulumi/")} <= _IN_PROCESS
    )


def environment(project: Path, scratch: Path) -> Path | None:
    """Install what a project requires; return its interpreter where it is a Python program.

    Raises:
        RuntimeError: its packages do not install; the message is the installer's.
    """
    if (project / "package.json").exists():
        if not (project / "node_modules").exists():
            quiet = ("--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts")
            _run("npm", "install", *quiet, folder=project)
        return None
    requirements = project / "requirements.txt"
    wanted = ["-r", str(requirements)] if requirements.exists() else _of_poetry(project)
    key = requirements.read_text() if requirements.exists() else " ".join(wanted)
    folder = scratch / hashlib.sha256(key.encode()).hexdigest()[:12]
    python = folder / "bin" / "python"
    if not (folder / ".installed").exists():
        uv = (sys.executable, "-m", "uv")
        _run(*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder))
        _run(*uv, "pip", "install", "--quiet", "--python", str(python), *wanted)
        (folder / ".installed").touch()
    return python


def _of_poetry(project: Path) -> list[str]:
    """Return what a project of Poetry requires, less its tools."""
    described = tomllib.loads((project / "pyproject.toml").read_text())
    wanted = described["tool"]["poetry"]["dependencies"]
    return [f"{name}{wanted[name]}" for name in wanted if name.startswith("pulumi")]


def stack_of(project: Path, python: Path | None, name: str) -> Stack:
    """Read a project as `rampart graph` does, with the configuration that it asks for."""
    described = read_stack(project, "dev")
    template = yaml.safe_load((project / "Pulumi.yaml").read_text()).get("template") or {}
    asked = {
        key if ":" in key else f"{described.project}:{key}": _text(each["default"])
        for key, each in (template.get("config") or {}).items()
        if "default" in each
    }
    more = {
        key if ":" in key else f"{described.project}:{key}": value
        for key, value in CONFIG.get(name, {}).items()
    }
    config = {"aws:region": "us-west-2", **asked, **described.config, **more}
    options = {"virtualenv": str(python.parents[1])} if python else described.options
    return replace(described, config=config, options=options)


def _text(value: object) -> str:
    """Write a value of YAML as `pulumi config set` takes it."""
    return value if isinstance(value, str) else json.dumps(value)


def recorded(checkout: Path, scratch: Path) -> Iterator[Recorded]:
    """Record every program in both modes, or read what an earlier run kept of it."""
    kept = scratch / "recorded"
    kept.mkdir(parents=True, exist_ok=True)
    for project in projects(checkout):
        name = str(project.relative_to(checkout))
        file = kept / f"{name.replace('/', '+')}.json"
        if not file.exists():
            file.write_text(json.dumps(asdict(_record(project, name, scratch))))
        yield Recorded(**json.loads(file.read_text()))


def _record(project: Path, name: str, scratch: Path) -> Recorded:
    result = Recorded(name)
    try:
        python = environment(project, scratch)
    except RuntimeError as error:
        result.refused = _short(error)
        return result
    for file, text in FILES.get(name, {}).items():
        (project / file).write_text(text)
    began = time.monotonic()
    for mode in MODES:
        try:
            graph = record_stack(
                stack_of(project, python, name),
                preview=mode == "preview",
                stack_references=STACK_REFERENCES.get(name),
            )
        except Exception as error:  # noqa: BLE001  # whatever it is goes into the table
            result.failures[mode] = _short(error, project)
        else:
            result.graphs[mode] = graph.to_json()
    result.seconds = round(time.monotonic() - began)
    return result


def main(checkout: Path, scratch: Path) -> None:
    """Print the table."""
    print("| Program | Packages | `up` | `--preview` | Seconds |")  # noqa: T201  # a command's output
    print("|---|---|---:|---:|---:|")  # noqa: T201  # as above
    for one in recorded(checkout, scratch):
        print(_row(one), flush=True)  # noqa: T201  # as above


def _row(one: Recorded) -> str:
    if one.refused:
        return f"| {one.name} | do not install: {one.refused} | | | |"
    cells = [
        f"{len(one.graphs[mode]['resources'])} resources"
        if mode in one.graphs
        else f"fails: {one.failures[mode]}"
        for mode in MODES
    ]
    return f"| {one.name} | install | {' | '.join(cells)} | {one.seconds} |"


def _run(*command: str, folder: Path | None = None) -> None:
    done = subprocess.run(  # noqa: S603  # installers
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def _short(error: Exception, project: Path | None = None) -> str:
    lines = [
        line.strip()
        for line in str(error).splitlines()
        if line.strip() and "A complete log of this run" not in line  # npm: a file of this machine
    ] or ["no message"]
    return lines[-1].replace(str(project), ".").replace("|", "/")[:300]


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
