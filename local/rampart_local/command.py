"""The command line: `rampart graph|openapi|up|reset|destroy|deploy|doctor|cost|coverage`.

Commands for a stack that runs: running_commands.py; before it is deployed: planning_commands.py.
"""

import json
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from botocore.exceptions import ClientError
from rich.console import Console

from pulumi_rampart.testing import ProgramError
from rampart_local.changes import named
from rampart_local.coverage import coverage as coverage_of
from rampart_local.dead_letters.commands import dlq
from rampart_local.deploy import deploy
from rampart_local.deployment import Deployment
from rampart_local.openapi import openapi as openapi_of
from rampart_local.planning_commands import add_planning_commands
from rampart_local.recording import record_stack
from rampart_local.reset import reset as delete
from rampart_local.running_commands import add_commands
from rampart_local.stack import read_stack
from rampart_local.watching import Watcher

_LOOK_SECONDS = 0.3
"""How often the project's files are looked at."""

app = typer.Typer(
    help="Records a Pulumi program, or runs it on this machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
_out = Console(soft_wrap=True, highlight=False)
_errors = Console(stderr=True, soft_wrap=True, highlight=False)

ConfigOption = Annotated[
    list[str] | None, typer.Option("--config", help="KEY=VALUE in place of the stack's.")
]
ReferencesOption = Annotated[
    Path | None,
    typer.Option(
        "--stack-references",
        help='JSON, outputs of other stacks: {"organization/network/dev": {"vpc_id": "vpc-1"}}.',
    ),
]
EnvironmentOption = Annotated[
    Path | None,
    typer.Option("--environment", help="What `pulumi env open` wrote for the stack's environment."),
]
StateOption = Annotated[
    Path | None, typer.Option(help="What is kept between runs. Default .rampart/STACK.")
]
StackOption = Annotated[str, typer.Option("--stack", help="Which Pulumi.<stack>.yaml.")]
ProjectOption = Annotated[Path, typer.Option("--project", help="Folder of Pulumi.yaml.")]


@app.command()
def graph(
    json_file: Annotated[Path, typer.Option("--json", help="Where the graph is written.")],
    *,
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    config: ConfigOption = None,
    stack_references: ReferencesOption = None,
    environment: EnvironmentOption = None,
    opaque: Annotated[
        list[str] | None,
        typer.Option(help="Component package recorded without what is inside its components."),
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Leave unknown what only a deployment can know.")
    ] = False,
) -> None:
    """Write every resource that the program registers, secrets masked."""
    recorded = record_stack(
        read_stack(project, stack, environment=environment),
        preview=preview,
        config=_pairs(config),
        stack_references=_references(stack_references),
        opaque=opaque or (),
    )
    for line in recorded.logs:
        _errors.print(f"{line.severity}: {line.message}", markup=False)
    json_file.write_text(json.dumps(recorded.to_json(), indent=2, sort_keys=True) + "\n")
    _out.print(f"{len(recorded.resources)} resources of stack {stack} are in {json_file}.")


@app.command()
def openapi(
    export: Annotated[str, typer.Option(help="Which of the stack's exports is the API's address.")],
    json_file: Annotated[Path, typer.Option("--json", help="Where the document is written.")],
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
) -> None:
    """Write the OpenAPI document of an API."""
    recorded = record_stack(read_stack(project, stack))
    document = openapi_of(recorded, export, project)
    json_file.write_text(json.dumps(document, indent=2) + "\n")
    _out.print(f"{len(document['paths'])} paths of {export} are in {json_file}.")


@app.command()
def up(
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    state_folder: StateOption = None,
    tenant: Annotated[str, typer.Option(help="Whose token is printed.")] = "acme",
    *,
    watch: Annotated[bool, typer.Option(help="Apply the project's files when they change.")] = True,
) -> None:
    """Run the stack on this machine until Ctrl-C."""
    stopped = threading.Event()

    def stop(_number: int, _frame: object) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    with deploy(
        project, stack=stack, state_folder=state_folder, warm=True, say=_out.print, log=_log
    ) as cloud:
        for name, value in sorted(cloud.exports.items()):
            _out.print(f"{name}: {value}", markup=False)
        try:
            _out.print(f"A token of tenant {tenant}:\n{cloud.token(tenant)}")
        except LookupError as error:
            _out.print(f"No token: {error}.")
        _out.print("Ctrl-C stops it.")
        watcher = Watcher(project)
        while not stopped.wait(_LOOK_SECONDS):
            if watch and (changed := watcher.settled()):
                _refresh(cloud, changed)
        _out.print("Stopping.")


@app.command()
def reset(
    resource: Annotated[
        str, typer.Argument(help="Its name in the program; without one, everything.")
    ] = "",
    *,
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    state_folder: StateOption = None,
) -> None:
    """Delete a resource with its data and what depends on it, or all that the stack keeps here."""
    gone = delete(project, stack=stack, state_folder=state_folder, resource=resource)
    for urn in gone:
        _out.print(f"- deleted {named(urn)}", markup=False)
    if not resource:
        _out.print(f"Stack {stack} keeps nothing here any more.")


@app.command()
def destroy(
    *,
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    state_folder: StateOption = None,
) -> None:
    """Delete all that the stack keeps here, as `rampart reset` without a resource does."""
    delete(project, stack=stack, state_folder=state_folder)
    _out.print(f"Stack {stack} keeps nothing here any more.")


@app.command()
def coverage(
    file: Annotated[Path, typer.Option(help="Where it is written.")] = Path("docs/COVERAGE.md"),
    project: ProjectOption = Path(),
) -> None:
    """Write what of each stack runs here and what does not."""
    (project / file).write_text(coverage_of(project))
    _out.print(f"{project / file} is written.")


def _refresh(cloud: Deployment, changed: list[str]) -> None:
    """Apply what changed, or say why not and go on."""
    began = time.monotonic()
    _out.print(f"{Path(changed[0]).name} changed: applying.", markup=False)
    try:
        cloud.refresh()
    except Exception as error:  # noqa: BLE001  # whatever somebody is writing just now
        _errors.print(f"{type(error).__name__}: {error}\nThe stack runs as it was.", markup=False)
    else:
        _out.print(f"Applied in {time.monotonic() - began:.1f} s.")


def _pairs(given: list[str] | None) -> dict[str, str]:
    """Read `KEY=VALUE`.

    Raises:
        ValueError: one has no equals sign or no namespace.
    """
    pairs: dict[str, str] = {}
    for each in given or []:
        key, equals, value = each.partition("=")
        if not equals or ":" not in key:
            raise ValueError(
                f"--config {each}: write NAMESPACE:KEY=VALUE, as aws:region=eu-west-1."
            )
        pairs[key] = value
    return pairs


def _references(file: Path | None) -> dict[str, dict[str, Any]]:
    return json.loads(file.read_text()) if file else {}


def _log(function: str, line: str) -> None:
    _out.print(f"[dim]{function}[/dim] ", end="")
    _out.print(line, markup=False)


add_commands(app)
app.add_typer(dlq, name="dlq")
add_planning_commands(app)


def main() -> None:
    """Run the command line; failures are words for people and a non-zero exit."""
    try:
        app()
    except (OSError, LookupError, ValueError, RuntimeError, ClientError, ProgramError) as error:
        _errors.print(f"{type(error).__name__}: {error}", markup=False)
        for note in getattr(error, "__notes__", ()):
            _errors.print(note, markup=False)
        sys.exit(1)
