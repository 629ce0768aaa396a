"""The recorded graphs of our stacks, as files in which a review sees what a change does.

`python -m tests.systems.golden` writes them again.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from pulumi_rampart import packaging
from pulumi_rampart.testing import Graph, record
from rampart_local.stack import read_stack

ROOT = Path(__file__).parents[2]
STACKS = ("dev", "prod")


def recorded(
    stack: str,
    *,
    preview: bool = False,
    changes: Mapping[str, str] | None = None,
    secret_keys: Collection[str] = (),
    region: str | None = None,
) -> Graph:
    """Record the program for a stack, building nothing.

    Args:
        stack: whose configuration to take.
        preview: whether to leave unknown what only a deployment can know.
        changes: other values, by keys without the project (`answerer`).
        secret_keys: which of them are secret.
        region: another one than the stack's.
    """
    described = read_stack(ROOT, stack)
    elsewhere = {"aws:region": region} if region else {}
    changed = elsewhere | {f"rampart:{key}": value for key, value in (changes or {}).items()}
    with packaging.using(packaging.described):
        return record(
            described.program,
            project=described.project,
            stack=stack,
            config={**described.config, **changed},
            secret_keys=[f"rampart:{key}" for key in secret_keys],
            preview=preview,
        )


def text(graph: Graph) -> str:
    """Return the graph as JSON to review: sorted, and outputs only where they say more than inputs.

    Most outputs repeat the inputs; a change of one would show twice. Positions in source files are
    left out: a line added to a program would show as a change of every resource below it.
    """
    short = replace(
        graph,
        resources=tuple(
            replace(
                one,
                outputs={
                    key: value
                    for key, value in one.outputs.items()
                    if key not in one.inputs or one.inputs[key] != value
                },
            )
            for one in graph.resources
        ),
    )
    content = short.to_json()
    for one in content["resources"]:
        del one["source_position"], one["stack_trace"]
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


def differences(now: str, reviewed: str) -> list[str]:
    """Return what differs between two texts, a line a resource: `+` new, `-` gone, `~` changed."""
    new, old = (
        {one["urn"]: one for one in json.loads(content)["resources"]} for content in (now, reviewed)
    )
    found = [f"+ {urn}" for urn in new.keys() - old.keys()]
    found += [f"- {urn}" for urn in old.keys() - new.keys()]
    for urn in new.keys() & old.keys():
        fields = [key for key in new[urn] if new[urn][key] != old[urn].get(key)]
        found += [f"~ {urn}: {', '.join(fields)}"] if fields else []
    return sorted(found)


def file(stack: str) -> Path:
    """Return where a stack's graph is kept."""
    return ROOT / "tests" / "golden" / f"{stack}.json"


if __name__ == "__main__":
    for name in STACKS:
        file(name).write_text(text(recorded(name)))
