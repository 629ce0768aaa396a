"""Creates what a program registers, or finds that it exists already."""

import hashlib
import json
import threading
from typing import Any, cast

from pulumi_rampart.testing import Registration, SyntheticCloud
from rampart_local import aws
from rampart_local.assets import fingerprint, is_asset
from rampart_local.aws.registry import Created
from rampart_local.clients import Clients
from rampart_local.state import Kept, State

NO_CREATOR = "the laptop cloud has no creator for this type"


class ReplacementError(Exception):
    """A resource would have to be replaced, which the laptop does by starting afresh."""


class LaptopCloud:
    """The cloud that `pulumi_rampart.testing.record` asks.

    Args:
        clients: of the embedded AWS.
        state: what exists; it is kept up to date.
    """

    def __init__(self, clients: Clients, state: State) -> None:
        self._clients, self._state = clients, state
        self._synthetic = SyntheticCloud()
        self._lock = threading.Lock()
        self._seen: set[str] = set()
        self._waiting: dict[str, tuple[Registration, str]] = {}
        self.created: list[str] = []
        self.changed: list[str] = []
        self.reused: list[str] = []
        self.recorded_only: dict[str, str] = {}
        """URN -> why it was not created."""
        self.failure: Exception | None = None
        """The first one: the SDK wraps it beyond recognition."""

    def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
        """Create a resource, change it in place, or return what exists."""
        digest = _digest(resource)
        with self._lock:
            self._seen.add(resource.urn)
            kept = self._state.resources.get(resource.urn)
        try:
            id_, outputs = self._settle(resource, kept, digest)
        except Exception as error:
            with self._lock:
                self.failure = self.failure or _named(error, resource)
            raise
        with self._lock:
            if resource.urn not in self._waiting:
                self._state.resources[resource.urn] = Kept(digest=digest, id=id_, outputs=outputs)
        return id_, outputs

    def run_code(self) -> None:
        """Make the calls that the program wants at deployment, now that functions can run.

        Raises:
            RuntimeError: a function failed; the next run calls it again.
        """
        for urn, (resource, digest) in self._waiting.items():
            try:
                id_, outputs = aws.CREATORS[resource.type].create(self._clients, resource)
            except Exception as error:
                raise _named(error, resource) from error
            self._state.resources[urn] = Kept(digest=digest, id=id_, outputs=outputs)
            self._count(self.created, resource)

    def read(self, resource: Registration) -> tuple[str, dict[str, Any]]:
        """Make up what the program says exists already: it exists elsewhere."""
        with self._lock:
            self.recorded_only[resource.urn] = "it exists outside the program"
        return self._synthetic.read(resource)

    def complete(self, resource: Registration, outputs: dict[str, Any]) -> dict[str, Any]:
        """Make up the outputs of what is only recorded; what was created answers for itself."""
        only_recorded = resource.urn in self.recorded_only
        return self._synthetic.complete(resource, outputs) if only_recorded else {}

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Answer a provider function."""
        answer = aws.ANSWERS.get(token)
        if answer is None:
            return self._synthetic.call(token, arguments)
        return answer(self._clients, arguments)

    def summary(self) -> str:
        """Say in one line what a run came to."""
        return (
            f"{len(self.created)} resources created, {len(self.changed)} changed, "
            f"{len(self.reused)} as they were, {len(self.recorded_only)} recorded only "
            "(python -m rampart_local coverage says why)."
        )

    def check_removed(self) -> None:
        """Make sure that everything that exists is still in the program.

        Raises:
            ReplacementError: something is not, and the laptop does not delete single resources.
        """
        if gone := sorted(self._state.resources.keys() - self._seen):
            raise ReplacementError(f"{_name(gone[0])} is no longer in the program")

    def _settle(self, resource: Registration, kept: Kept | None, digest: str) -> Created:
        creator = aws.CREATORS.get(resource.type)
        if creator is None:
            reason = aws.RECORDED_ONLY.get(resource.type, NO_CREATOR)
            with self._lock:
                self.recorded_only[resource.urn] = reason
            return self._synthetic.create(resource)
        if creator.runs_code and (kept is None or kept.digest != digest):
            with self._lock:
                self._waiting[resource.urn] = (resource, digest)
            return resource.name, {}
        if kept is None:
            self._count(self.created, resource)
            return creator.create(self._clients, resource)
        if kept.digest == digest:
            self._count(self.reused, resource)
            return kept.id, kept.outputs
        self._count(self.changed, resource)
        if update := aws.UPDATERS.get(resource.type):
            return update(self._clients, resource, kept.id)
        if creator.again:
            return creator.create(self._clients, resource)
        raise ReplacementError(f"{_name(resource.urn)} has changed and cannot be changed in place")

    def _count(self, where: list[str], resource: Registration) -> None:
        with self._lock:
            where.append(resource.urn)


def _digest(resource: Registration) -> str:
    described = {"type": resource.type, "inputs": _with_contents(resource.inputs)}
    return hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()


def _with_contents(value: Any) -> Any:  # noqa: ANN401  # any JSON
    """Replace files by what they hold."""
    if isinstance(value, dict):
        entries = cast("dict[str, Any]", value)
        if is_asset(entries):
            return fingerprint(entries)
        return {key: _with_contents(each) for key, each in entries.items()}
    if isinstance(value, list):
        return [_with_contents(each) for each in cast("list[Any]", value)]
    return value


def _name(urn: str) -> str:
    """Say a URN as people do: `aws:sqs/queue:Queue jobs`."""
    _, _, types, name = urn.split("::")
    return f"{types.rpartition('$')[2]} {name}"


def _named(error: Exception, resource: Registration) -> Exception:
    if isinstance(error, ReplacementError):
        return error
    return RuntimeError(f"{resource.type} {resource.name}: {error}")
