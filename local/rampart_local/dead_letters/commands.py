"""`rampart dlq list|show|replay|replay-all|purge`, for the stack that runs here or one on AWS."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from rampart_local.dead_letters.letters import Letter
from rampart_local.dead_letters.queues import DeadLetters, dead_letter_queues, peeked
from rampart_local.dead_letters.replaying import LETTERS_A_SECOND, Outcome, Replay
from rampart_local.dead_letters.services import Account, Services
from rampart_local.running import QUEUE, Running
from rampart_local.stack import read_stack

dlq = typer.Typer(no_args_is_help=True, help="Dead letters: list, show, replay, purge.")
_out = Console(soft_wrap=True, highlight=False)

StackOption = Annotated[str, typer.Option("--stack", help="Which Pulumi.<stack>.yaml.")]
ProjectOption = Annotated[Path, typer.Option("--project", help="Folder of Pulumi.yaml.")]
StateOption = Annotated[Path | None, typer.Option("--state-folder", help="As `rampart up` has it.")]
AwsOption = Annotated[
    bool, typer.Option("--aws", help="Of the stack on AWS, found by its default tags.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="For programs.")]
QueueArgument = Annotated[str, typer.Argument(help="Name of a dead letter queue.")]
RateOption = Annotated[float, typer.Option("--rate", min=0.01, help="Letters a second at most.")]


@dlq.command("list")
def list_(
    *,
    as_json: JsonOption = False,
    aws: AwsOption = False,
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    state_folder: StateOption = None,
) -> None:
    """Say how many letters each queue has, and why they died."""
    services, queues = _stack(project, stack, state_folder, aws=aws)
    said: list[dict[str, Any]] = []
    for queue in queues:
        causes = _causes(peeked(services, queue.url)) if queue.count else []
        said.append({"queue": queue.name, "letters": queue.count, "causes": causes})
    if as_json:
        _out.print_json(json.dumps(said))
        return
    for each in said:
        _out.print(f"{each['queue']}: {each['letters']} letters", markup=False)
        _print_causes(each["causes"])


@dlq.command()
def show(
    queue: QueueArgument,
    *,
    message: Annotated[str, typer.Option("--message", help="Id: print this one whole.")] = "",
    as_json: JsonOption = False,
    aws: AwsOption = False,
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    state_folder: StateOption = None,
) -> None:
    """List the letters of a queue without their content, or print one whole."""
    services, queues = _stack(project, stack, state_folder, aws=aws)
    letters = peeked(services, _named(queues, queue).url)
    if message:
        _print_whole(next((each for each in letters if each.id == message), None), message)
        return
    if as_json:
        _out.print_json(json.dumps([_described(each) for each in letters]))
        return
    for each in letters:
        _out.print(f"{each.id}  {_time(each.sent_at)}  {each.cause}", markup=False)
    _out.print()
    _print_causes(_causes(letters))


@dlq.command()
def replay(
    queue: QueueArgument,
    message: Annotated[str, typer.Argument(help="Id, as `show` prints it.")],
    *,
    aws: AwsOption = False,
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    state_folder: StateOption = None,
) -> None:
    """Send one letter back to where it failed."""
    services, queues = _stack(project, stack, state_folder, aws=aws)
    _end(queue, Replay(services, _named(queues, queue)).one(message))


@dlq.command("replay-all")
def replay_all(
    queue: Annotated[str, typer.Argument(help="Name of a queue; all without one.")] = "",
    *,
    rate: RateOption = LETTERS_A_SECOND,
    refused: Annotated[
        bool, typer.Option("--refused", help="Also what was refused for its content.")
    ] = False,
    aws: AwsOption = False,
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    state_folder: StateOption = None,
) -> None:
    """Send letters back to where they failed, at a rate that the consumer can take."""
    services, queues = _stack(project, stack, state_folder, aws=aws)
    chosen = [_named(queues, queue)] if queue else [each for each in queues if each.count]
    stayed = False
    for each in chosen:
        with _out.status(f"{each.name}: about {each.count}") as status:

            def say(sent: int, name: str = each.name, of: int = each.count) -> None:
                status.update(f"{name}: {sent} of about {of}")

            outcome = Replay(services, each, letters_a_second=rate, refused=refused, say=say).all()
        _tell(each.name, outcome)
        stayed = stayed or bool(outcome.stayed)
    if stayed:
        raise typer.Exit(1)


@dlq.command()
def purge(
    queue: QueueArgument,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    aws: AwsOption = False,
    stack: StackOption = "dev",
    project: ProjectOption = Path(),
    state_folder: StateOption = None,
) -> None:
    """Delete all letters of a queue for good."""
    services, queues = _stack(project, stack, state_folder, aws=aws)
    found = _named(queues, queue)
    if not yes:
        typer.confirm(f"Delete about {found.count} letters of {queue} for good?", abort=True)
    services.sqs.purge_queue(QueueUrl=found.url)
    _out.print(f"{queue}: about {found.count} letters deleted", markup=False)


def _stack(
    project: Path, stack: str, state_folder: Path | None, *, aws: bool
) -> tuple[Services, list[DeadLetters]]:
    if not aws:
        running = Running(project, stack, state_folder)
        urls = {name: kept.id for name, kept in running.of(QUEUE).items()}
        return running.clients, dead_letter_queues(running.clients, urls)
    config = read_stack(project, stack).config
    account = Account(config["aws:region"])
    return account, dead_letter_queues(account, tagged(account, default_tags(config)))


def default_tags(config: Mapping[str, str]) -> dict[str, str]:
    """Return the tags that a stack puts on everything.

    Raises:
        LookupError: it puts none, so that its queues cannot be told from others.
    """
    tags = json.loads(config.get("aws:defaultTags", "{}")).get("tags", {})
    if not tags:
        raise LookupError(
            "The stack has no `aws:defaultTags`, by which its queues are found on AWS; set some, "
            "such as project and stack, and deploy."
        )
    return tags


def tagged(account: Account, tags: Mapping[str, str]) -> dict[str, str]:
    """Return the queues of an account that have these tags, name -> URL."""
    pages = account.tagging.get_paginator("get_resources").paginate(
        ResourceTypeFilters=["sqs"],
        TagFilters=[{"Key": key, "Values": [value]} for key, value in tags.items()],
    )
    arns = [each["ResourceARN"] for page in pages for each in page["ResourceTagMappingList"]]
    names = [arn.rpartition(":")[2] for arn in arns]
    return {name: account.sqs.get_queue_url(QueueName=name)["QueueUrl"] for name in names}


def _named(queues: list[DeadLetters], name: str) -> DeadLetters:
    for queue in queues:
        if name in (queue.name, queue.url.rpartition("/")[2]):
            return queue
    names = ", ".join(queue.name for queue in queues)
    raise LookupError(f"There is no dead letter queue {name!r}; there are: {names or 'none'}.")


def _causes(letters: list[Letter]) -> list[dict[str, Any]]:
    """Group letters by what they died of, the most frequent first."""
    groups: dict[str, list[datetime]] = defaultdict(list)
    for each in letters:
        groups[each.cause].append(each.sent_at)
    return [
        {
            "cause": cause,
            "letters": len(times),
            "first": _time(min(times)),
            "last": _time(max(times)),
        }
        for cause, times in sorted(groups.items(), key=lambda group: -len(group[1]))
    ]


def _print_causes(causes: list[dict[str, Any]]) -> None:
    for each in causes:
        span = f"{each['first']} to {each['last']}"
        _out.print(f"  {each['letters']} x {each['cause']}  ({span})", markup=False)


def _described(letter: Letter) -> dict[str, Any]:
    return {
        "id": letter.id,
        "sent_at": letter.sent_at.isoformat(),
        "cause": letter.cause,
        "refused": letter.refused,
        "group": letter.group,
    }


def _print_whole(letter: Letter | None, message: str) -> None:
    if letter is None:
        raise LookupError(f"No message {message} can be seen in this queue.")
    attributes = {name: value.get("StringValue") for name, value in letter.attributes.items()}
    whole = {**_described(letter), "attributes": attributes, "body": letter.body}
    _out.print_json(json.dumps(whole))


def _end(name: str, outcome: Outcome) -> None:
    _tell(name, outcome)
    if outcome.stayed:
        raise typer.Exit(1)


def _tell(name: str, outcome: Outcome) -> None:
    _out.print(f"{name}: {outcome.replayed} replayed, {len(outcome.stayed)} stayed", markup=False)
    for message_id, why in outcome.stayed:
        _out.print(f"  {message_id} stayed: {why}", markup=False)
    if outcome.hidden:
        _out.print(
            f"  about {outcome.hidden} more stand behind them in their groups: replay those with "
            "--refused, or purge the queue.",
            markup=False,
        )


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")
