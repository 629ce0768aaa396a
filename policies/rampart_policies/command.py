"""`rampart-policies`: the rules on a recorded graph or on this program, without cloud or CLI.

Exit status: 0 when nothing that blocks is broken; 10, 20, 30 or 40 when the gravest open breach is
low, medium, high or critical; 2 for a wrong call, an unreadable graph, AWS resources of a provider
that the pack cannot read, an expired or unused waiver.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from rampart_policies import own_rules, profile, recorded, snapshot, waivers
from rampart_policies.explain import NoSuchRuleError, explain
from rampart_policies.output import annotations, as_json, junit, people, sarif
from rampart_policies.pack import RULES
from rampart_policies.page import page
from rampart_policies.report import USAGE_ERROR, Report, report
from rampart_policies.unjudged import Refuse
from rampart_policies.version import __version__

_FORMATS: dict[str, Callable[[Report], str]] = {
    "github": annotations.render,
    "json": as_json.render,
    "sarif": sarif.render,
    "junit": junit.render,
}


_ERRORS = (
    own_rules.OwnRuleError,
    recorded.GraphError,
    profile.ProfileError,
    snapshot.SnapshotError,
    waivers.WaiverError,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["explain"]:  # reads as a sentence: rampart-policies explain sqs-tls
        arguments = ["--explain", *arguments[1:]]
    options = _parser().parse_args(arguments)
    if options.docs:
        sys.stdout.write(page(RULES))
        return 0
    if options.explain:
        return _explain(options.explain)
    try:
        rules = (*RULES, *own_rules.load(options.rules, RULES))
        graph = (
            recorded.read(options.graph, options.folder)
            if options.graph
            else recorded.of_stack(options.stack, options.folder)
        )
        result = report(
            rules,
            graph,
            profile.load(options.profile, rules),
            waivers.read(options.waivers, [rule.id for rule in rules]),
            today=datetime.now(tz=UTC).date(),
            refuse=Refuse(options.refuse),
            snapshot=snapshot.read(options.snapshot) if options.snapshot else frozenset(),
        )
    except _ERRORS as error:
        sys.stderr.write(f"error: {error}\n")
        return USAGE_ERROR
    if options.write_snapshot:
        snapshot.write(options.write_snapshot, (one.key for one in result.breaches if one.blocks))
    if options.format == "text":
        people.show(result, Console())
    else:
        sys.stdout.write(_FORMATS[options.format](result) + "\n")
    return result.exit_status


def _explain(name: str) -> int:
    try:
        sys.stdout.write(explain(name, RULES) + "\n")
    except NoSuchRuleError as error:
        sys.stderr.write(f"error: {error}\n")
        return USAGE_ERROR
    return 0


def run() -> None:
    """Run as a command of its own."""
    sys.exit(main())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rampart-policies", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--graph",
        type=Path,
        help="a state of a stack: what `rampart graph`, `pulumi preview --json` or "
        "`pulumi stack export` print; - for stdin",
    )
    what.add_argument("--stack", help="record this program for a stack and judge that")
    what.add_argument("--docs", action="store_true", help="write docs/policies.md to stdout")
    what.add_argument("--explain", metavar="RULE", help="explain a rule, with examples")
    parser.add_argument("--profile", default="strict", help=", ".join(profile.names()))
    parser.add_argument(
        "--folder",
        default="",
        help="where Pulumi.yaml lies in the repository; comes before the files in a report",
    )
    parser.add_argument("--format", choices=["text", *_FORMATS], default="text")
    parser.add_argument(
        "--refuse",
        choices=[one.value for one in Refuse],
        default=Refuse.UNREADABLE.value,
        help="what ends in status 2: AWS resources of other providers, or all unknown types",
    )
    parser.add_argument(
        "--rules", type=Path, nargs="+", default=[], metavar="FILE", help="rules of your own"
    )
    parser.add_argument(
        "--snapshot", type=Path, help="findings of an old stack, which block no longer"
    )
    parser.add_argument(
        "--write-snapshot", type=Path, metavar="FILE", help="write what blocks now as a snapshot"
    )
    parser.add_argument("--waivers", type=Path, default=waivers.FILE)
    return parser
