"""Records programs that are not ours, each with the packages it asks for: docs/recorder.md's table.

    python -m bench.foreign_programs CHECKOUT SCRATCH > table.md

CHECKOUT is a folder with Pulumi projects, e.g. of github.com/pulumi/examples; SCRATCH gets a
virtual environment for each list of requirements. Nothing is created in any cloud.
"""

import hashlib
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from pulumi_rampart.testing import Graph
from rampart_local.project_files import read_project, runtime
from rampart_local.recording import record_stack
from rampart_local.stack import Stack, read_stack

# What the programs' own READMEs ask for before `pulumi up`.
CONFIG: dict[str, dict[str, str]] = {
    "aws-py-ansible-wordpress": {
        "publicKeyPath": "key.pub",
        "privateKeyPath": "key",
        "dbPassword": "password",
    },
    "aws-py-assume-role/assume-role": {"roleToAssumeARN": "arn:aws:iam::123456789012:role/shop"},
    "aws-py-assume-role/create-role": {"unprivilegedUsername": "reader"},
    "aws-py-django-voting-app": {
        "sql-admin-name": "admin",
        "sql-admin-password": "password",
        "sql-user-name": "user",
        "sql-user-password": "password",
        "django-admin-name": "admin",
        "django-admin-password": "password",
        "django-secret-key": "secret",
    },
    "aws-py-dynamicresource": {
        "sql-admin-name": "admin",
        "sql-admin-password": "password",
        "sql-user-name": "user",
        "sql-user-password": "password",
    },
    "aws-py-ec2-provisioners": {
        "publicKey": "ssh-rsa AAAA",
        "privateKey": "-----BEGIN RSA PRIVATE KEY-----",
    },
    "aws-py-ecs-instances-autoapi/py-ecs-instance": {"cfg:autoscalingGroupSize": "2"},
    "aws-py-langserve": {
        "vpc-cidr": "10.0.0.0/16",
        "subnet-1-cidr": "10.0.0.0/24",
        "subnet-2-cidr": "10.0.1.0/24",
        "container-context": ".",
        "container-file": "./Dockerfile",
        "open-api-key": "key",
    },
    "aws-py-redshift-glue-etl": {"clusterDBPassword": "password"},
    "aws-py-stackreference/company": {"companyName": "acme"},
    "aws-py-stackreference/department": {"departmentName": "shop"},
    "aws-py-stackreference/team": {
        "companyStack": "organization/company/dev",
        "departmentStack": "organization/department/dev",
        "teamName": "orders",
    },
    "aws-py-static-website": {"targetDomain": "www.example.org"},
    "aws-py-voting-app": {"redis-password": "password"},
    "aws-ts-vpc-with-ecs-fargate-py/ecs-fargate-python": {
        "mystackpath": "organization/crosswalk-vpc/dev"
    },
}
# Files that they ask for besides: a pair of keys, of which only the text is read.
FILES: dict[str, dict[str, str]] = {
    "aws-py-ansible-wordpress": {
        "key.pub": "ssh-rsa AAAA",
        "key": "-----BEGIN RSA PRIVATE KEY-----",
    },
}
STACK_REFERENCES: dict[str, dict[str, dict[str, object]]] = {
    "aws-py-stackreference/team": {
        "organization/company/dev": {"companyName": "acme"},
        "organization/department/dev": {"departmentName": "shop"},
    },
    "aws-ts-vpc-with-ecs-fargate-py/ecs-fargate-python": {
        "organization/crosswalk-vpc/dev": {
            "pulumi_vpc_name": "shop",
            "pulumi_vpc_cidr": "10.0.0.0/16",
            "pulumi_vpc_id": "vpc-0123456789abcdef0",
            "pulumi_vpc_private_subnet_ids": ["subnet-a", "subnet-b"],
            "pulumi_vpc_public_subnet_ids": ["subnet-c", "subnet-d"],
            "pulumi_vpc_az_zones": 2,
        }
    },
}


def projects(checkout: Path) -> Iterator[Path]:
    """Find the folders of Python projects, in order."""
    for file in sorted(checkout.rglob("Pulumi.yaml")):
        if "node_modules" not in file.parts and runtime(read_project(file.parent))[0] == "python":
            yield file.parent


def environment(project: Path, scratch: Path) -> Path:
    """Install what a project requires; return the interpreter.

    Raises:
        RuntimeError: its packages do not install; the message is the installer's.
    """
    requirements = project / "requirements.txt"
    wanted = ["-r", str(requirements)] if requirements.exists() else _of_poetry(project)
    key = requirements.read_text() if requirements.exists() else " ".join(wanted)
    folder = scratch / hashlib.sha256(key.encode()).hexdigest()[:12]
    python = folder / "bin" / "python"
    if not (folder / ".installed").exists():
        _run("venv", "--quiet", "--clear", "--python", sys.executable, str(folder))
        _run("pip", "install", "--quiet", "--python", str(python), *wanted)
        (folder / ".installed").touch()
    return python


def _of_poetry(project: Path) -> list[str]:
    """Return what a project of Poetry requires, less its tools."""
    described = tomllib.loads((project / "pyproject.toml").read_text())
    wanted = described["tool"]["poetry"]["dependencies"]
    return [f"{name}{wanted[name]}" for name in wanted if name.startswith("pulumi")]


def stack_of(project: Path, environment_: Path, name: str) -> Stack:
    """Read a project as `rampart graph` does, with the configuration that it asks for."""
    described = read_stack(project, "dev")
    template = yaml.safe_load((project / "Pulumi.yaml").read_text()).get("template") or {}
    asked = {
        key if ":" in key else f"{described.project}:{key}": str(each["default"])
        for key, each in (template.get("config") or {}).items()
        if "default" in each
    }
    more = {
        key if ":" in key else f"{described.project}:{key}": value
        for key, value in CONFIG.get(name, {}).items()
    }
    config = {"aws:region": "us-west-2", **asked, **described.config, **more}
    options = {"virtualenv": str(environment_.parents[1])}
    return replace(described, config=config, options=options)


def main(checkout: Path, scratch: Path) -> None:
    """Print the table."""
    print("| Program | Packages | `up` | `--preview` | Seconds |")  # noqa: T201  # a command's output
    print("|---|---|---:|---:|---:|")  # noqa: T201  # a command's output
    for project in projects(checkout):
        name = str(project.relative_to(checkout))
        print(_row(project, name, scratch), flush=True)  # noqa: T201  # a command's output


def _row(project: Path, name: str, scratch: Path) -> str:
    try:
        python = environment(project, scratch)
    except RuntimeError as error:
        return f"| {name} | do not install: {_short(error)} | | | |"
    for file, text in FILES.get(name, {}).items():
        (project / file).write_text(text)
    began = time.monotonic()
    results: list[str] = []
    for preview in (False, True):
        try:
            graph = record_stack(
                stack_of(project, python, name),
                preview=preview,
                stack_references=STACK_REFERENCES.get(name),
            )
        except Exception as error:  # noqa: BLE001  # whatever it is goes into the table
            results.append(f"fails: {_short(error, project)}")
        else:
            results.append(_counted(graph))
    return f"| {name} | install | {' | '.join(results)} | {time.monotonic() - began:.0f} |"


def _counted(graph: Graph) -> str:
    return f"{len(graph.resources)} resources"


def _run(*arguments: str) -> None:
    done = subprocess.run(  # noqa: S603  # our own installer
        [sys.executable, "-m", "uv", *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def _short(error: Exception, project: Path | None = None) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or ["no message"]
    return lines[-1].replace(str(project), ".").replace("|", "/")[:300]


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
