"""Commands before a stack is deployed to AWS: deploy, doctor, cost."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rampart_local.cost import report as cost_report
from rampart_local.doctor.examination import examine
from rampart_local.engine import deploy_by_engine
from rampart_local.recording import record_stack
from rampart_local.stack import read_stack

_out = Console(soft_wrap=True, highlight=False)

StackOption = Annotated[str, typer.Option("--stack", help="Which Pulumi.<stack>.yaml.")]
ProjectOption = Annotated[Path, typer.Option("--project", help="Folder of Pulumi.yaml.")]


def add_planning_commands(app: typer.Typer) -> None:
    """Register the commands of this module."""
    further = {"allow_extra_args": True, "ignore_unknown_options": True}
    app.command("deploy", context_settings=further)(deploy_to_aws)
    app.command()(doctor)
    app.command()(cost)


def deploy_to_aws(
    context: typer.Context,
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    profile: Annotated[str, typer.Option(help="Of the policies.")] = "strict",
) -> None:
    """Judge a stack, then deploy it to AWS by `pulumi up`, which gets all further options."""
    deploy_by_engine(project, stack, profile=profile, more=context.args)


def doctor(stack: StackOption = "dev", project: ProjectOption = Path()) -> None:
    """Say what a deployment would stumble over, and what could not be checked."""
    found = examine(record_stack(read_stack(project, stack)), project, stack)
    for mark, lines in (("ok", found.passed), ("?", found.unchecked), ("!", found.faults)):
        for line in lines:
            _out.print(f"{mark:2} {line}", markup=False)
    if found.faults:
        raise typer.Exit(1)
    _out.print("nothing was found that a deployment would stumble over")


def cost(
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    *,
    seconds: Annotated[float, typer.Option(help="How long each function is assumed to run.")] = 1.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    readme: Annotated[
        Path | None, typer.Option(help="Write the table of dev and prod into this page.")
    ] = None,
) -> None:
    """Print what a stack costs: a month while it is idle, and a thousand of each request."""
    if readme is not None:
        reports = [cost_report.cost_of(project, name) for name in ("dev", "prod")]
        table = cost_report.readme_table(reports)
        readme.write_text(cost_report.rewrite(readme.read_text(), table))
        return
    report = cost_report.cost_of(project, stack, seconds)
    if as_json:
        _out.print_json(json.dumps(report))
    else:
        cost_report.show(report, _out)
