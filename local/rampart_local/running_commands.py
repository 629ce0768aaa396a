"""Commands for a stack that runs in another terminal: invoke, logs, replay, alarms."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from rampart_local.dead_letters.services import Account
from rampart_local.replays import archive as archive_named
from rampart_local.replays import replay as replay_events
from rampart_local.replays import span
from rampart_local.running import ALARM, FUNCTION, Running, lines
from rampart_local.stack import read_stack

_POLL_SECONDS = 0.5
_out = Console(soft_wrap=True, highlight=False)

StackOption = Annotated[str, typer.Option("--stack", help="Which Pulumi.<stack>.yaml.")]
ProjectOption = Annotated[Path, typer.Option("--project", help="Folder of Pulumi.yaml.")]
StateOption = Annotated[Path | None, typer.Option("--state-folder", help="As `rampart up` has it.")]


def add_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    for command in (invoke, logs, replay, alarms):
        app.command()(command)


def invoke(
    function: Annotated[str, typer.Argument(help="Its name in the program or in AWS.")],
    event: Annotated[str, typer.Argument(help="JSON, or @FILE.")] = "{}",
    *,
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    state_folder: StateOption = None,
) -> None:
    """Call a function of the running stack and print its answer."""
    running = Running(project, stack, state_folder)
    payload = Path(event[1:]).read_text() if event.startswith("@") else event
    answer = running.clients.lambda_.invoke(
        FunctionName=running.id(FUNCTION, function), Payload=payload
    )
    _out.print(answer["Payload"].read().decode(), markup=False)
    if "FunctionError" in answer:
        raise typer.Exit(1)


def logs(
    function: Annotated[str, typer.Argument(help="Its name in the program or in AWS.")],
    *,
    follow: Annotated[bool, typer.Option("--follow", help="Go on until Ctrl-C.")] = False,
    pattern: Annotated[str, typer.Option("--filter", help="A CloudWatch filter pattern.")] = "",
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    state_folder: StateOption = None,
) -> None:
    """Print what a function of the running stack logged."""
    running = Running(project, stack, state_folder)
    name = running.id(FUNCTION, function)
    described: Any = running.clients.lambda_.get_function_configuration(FunctionName=name)
    group = described.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{name}"
    since, seen = 0, set[str]()
    while True:
        for when, id_, text in lines(running.clients, group, pattern, since_ms=since):
            if id_ not in seen:
                seen.add(id_)
                since = max(since, when)
                _out.print(text.rstrip(), markup=False)
        if not follow:
            return
        time.sleep(_POLL_SECONDS)


def replay(
    archive: Annotated[str, typer.Argument(help="Name of an archive of events.")],
    *,
    start: Annotated[str, typer.Option("--from", help="ISO 8601, or how long ago: 2h.")],
    end: Annotated[str, typer.Option("--to", help="The same. Default now.")] = "0s",
    rule: Annotated[
        list[str] | None, typer.Option("--rule", help="Only this rule gets them. Default all.")
    ] = None,
    aws: Annotated[bool, typer.Option("--aws", help="Of the stack's region on AWS.")] = False,
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    state_folder: StateOption = None,
) -> None:
    """Publish the events again that an archive has of a span of time."""
    when = span(start, end, datetime.now(UTC))
    if aws:
        events: Any = Account(read_stack(project, stack).config["aws:region"]).events
    else:
        events = Running(project, stack, state_folder).clients.events
    state = replay_events(events, archive_named(events, archive), when, rule or [], say=_out.print)
    if state != "COMPLETED":
        raise typer.Exit(1)


def alarms(
    *,
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    state_folder: StateOption = None,
) -> None:
    """Print the state of each alarm of the running stack, those that ring first."""
    running = Running(project, stack, state_folder)
    names = {kept.id: name for name, kept in running.of(ALARM).items()}
    pages = running.clients.cloudwatch.get_paginator("describe_alarms").paginate()
    found = [alarm for page in pages for alarm in page["MetricAlarms"]]
    for alarm in sorted(found, key=lambda each: (each.get("StateValue") != "ALARM",)):
        name = alarm.get("AlarmName", "")
        said = f"{alarm.get('StateValue', '')} {names.get(name, name)}"
        _out.print(f"{said}: {alarm.get('StateReason', '')}".rstrip(": "), markup=False)
