"""Deletes what a stack keeps on this machine: the only thing here that deletes data."""

import shutil
from pathlib import Path

from pulumi_rampart.testing.cloud import ACCOUNT
from rampart_local.changes import named, type_of
from rampart_local.clients import Clients
from rampart_local.deeds import end
from rampart_local.lock import locked
from rampart_local.order import dependents
from rampart_local.server import AwsServer
from rampart_local.stack import read_stack
from rampart_local.state import State, forget_others, load
from rampart_local.where import REGION, state_folder_of

_KEPT = ("lock", "packages")
"""What a complete reset leaves: the lock that it holds, and built packages."""


def reset(
    folder: Path, *, stack: str, state_folder: Path | None = None, resource: str = ""
) -> list[str]:
    """Delete a resource with its data and all that depends on it, or everything.

    The next `rampart up` creates it anew if the program still declares it.

    Args:
        folder: where Pulumi.yaml lies.
        stack: which Pulumi.<stack>.yaml.
        state_folder: where the stack keeps what it keeps; by default `.rampart/<stack>`.
        resource: the name it has in the program, its type and name, or its URN; empty for all.

    Returns:
        The URNs of what was deleted.

    Raises:
        RuntimeError: the stack is running, or its state cannot be read.
        LookupError: there is no such resource, or several have the name.
    """
    described = read_stack(folder, stack)
    place = state_folder_of(described, state_folder)
    with locked(place) as lock:
        if not resource:
            return _everything(place)
        state = load(place)
        urn = _found(state, resource)
        region = described.config.get("aws:region", REGION)
        server = AwsServer(
            place / "aws",
            generation=state.generation,
            region=region,
            account=ACCOUNT,
            port=state.port,
            log=lambda _function, _line: None,
            lock=lock,
        )
        server.start()
        try:
            gone = [*dependents(urn, state.resources), urn]
            clients = Clients(server.endpoint, region, ACCOUNT)
            for each in gone:
                end(clients, type_of(each), state.resources.pop(each))
            state.generation = state.next_generation()
            server.resume(state.generation, whole=True)
            state.save(place)
            forget_others(place, state.generation)
        finally:
            server.stop()
        return gone


def _everything(place: Path) -> list[str]:
    for each in place.iterdir():
        if each.name in _KEPT:
            continue
        if each.is_dir():
            shutil.rmtree(each)
        else:
            each.unlink()
    return []


def _found(state: State, resource: str) -> str:
    matching = [
        urn
        for urn in state.resources
        if resource in (urn, urn.rpartition("::")[2], named(urn), type_of(urn))
    ]
    roots = [
        urn for urn in matching if not set(matching).intersection(state.resources[urn].dependencies)
    ]
    if len(roots) == 1:
        return roots[0]
    if matching:
        listed = [named(each) for each in roots or matching]
        raise LookupError(f"{resource!r} may mean {listed}: write the type, too.")
    known = sorted({urn.rpartition("::")[2] for urn in state.resources})
    raise LookupError(f"There is no resource {resource!r}; there are {known}.")
