"""Brings what exists to what a program registers: creates, updates, replaces and deletes."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from botocore.exceptions import ClientError

from pulumi_rampart.testing import Registration, SyntheticCloud
from rampart_local import aws
from rampart_local.aliases import find
from rampart_local.answers import Answers, answered
from rampart_local.aws.registry import Created
from rampart_local.changes import (
    ELSEWHERE,
    NO_CREATOR,
    Change,
    Verb,
    change,
    contents,
    digest,
    named,
    only_noted,
    type_of,
    with_ignored,
)
from rampart_local.clients import Clients
from rampart_local.deeds import elsewhere, end, in_words, needs, silently
from rampart_local.guard import (
    exists_already,
    is_gone,
    keeps_lines,
    refuse,
)
from rampart_local.order import ending
from rampart_local.plan import Plan
from rampart_local.state import Kept, State


class LaptopCloud:
    """The cloud that `pulumi_rampart.testing.record` asks.

    Args:
        clients: of the embedded AWS.
        state: what exists; it is kept up to date.
        say: called with a line for each change of what existed before.
    """

    def __init__(
        self, clients: Clients, state: State, say: Callable[[str], None] = lambda _: None
    ) -> None:
        self._clients, self._state = clients, state
        self._say: Callable[[str], None] = say if state.resources else silently
        self._synthetic = SyntheticCloud(region=clients.region)
        self._lock = threading.Lock()
        self._seen: set[str] = set()
        # What was deleted and created under the same id: what was in it is gone.
        self._anew: set[str] = set()
        # What was replaced by others, deleted when all of those are there.
        self._replaced: dict[str, Kept] = {}
        self._waiting: dict[str, Registration] = {}
        self.created: list[str] = []
        self.changed: list[str] = []
        self.deleted: list[str] = []
        self.reused: list[str] = []
        self.recorded_only: dict[str, str] = {}
        """URN -> why it was not created."""
        self.failure: Exception | None = None
        """The first one: the SDK wraps it beyond recognition."""

    def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
        """Create a resource, change it in place, replace it, or return what exists."""
        if resource.type not in aws.CREATORS:
            reason = aws.RECORDED_ONLY.get(resource.type, NO_CREATOR)
            with self._lock:
                self.recorded_only[resource.urn] = reason
            return self._synthetic.create(resource)
        try:
            return self._settled(resource)
        except Exception as error:
            with self._lock:
                self.failure = self.failure or in_words(error, resource)
            raise

    def find_unchanged(self, plan: Plan) -> None:
        """Take a plan's word that everything is as the program says."""
        self.reused = list(plan.changes)
        self.recorded_only = plan.recorded_only

    def run_code(self) -> None:
        """Make the calls that the program wants at deployment, now that functions can run.

        Raises:
            RuntimeError: a function failed; the next run calls it again.
        """
        for resource in self._waiting.values():
            try:
                made = aws.CREATORS[resource.type].create(self._at(resource), resource)
            except Exception as error:
                raise in_words(error, resource) from error
            self._keep(resource, made, resource.urn)
            self._count(self.created, resource.urn)

    def delete_rest(self) -> None:
        """Delete what the program no longer declares and what was replaced, dependents first.

        Raises:
            RefusedError: something of it holds data.
        """
        gone = {urn for urn in self._state.resources if urn not in self._seen}
        refuse(self._clients, self._state.resources, ((urn, Verb.DELETE) for urn in gone))
        there = {**self._state.resources, **self._replaced}
        for urn in ending(gone | self._replaced.keys(), there):
            self._delete(urn, there[urn], removed=urn in gone)

    def read(self, resource: Registration) -> tuple[str, dict[str, Any]]:
        """Make up what the program says exists already: it exists elsewhere."""
        with self._lock:
            self.recorded_only[resource.urn] = ELSEWHERE
        return self._synthetic.read(resource)

    def complete(self, resource: Registration, outputs: dict[str, Any]) -> dict[str, Any]:
        """Make up the outputs that neither the program nor the embedded AWS answered."""
        return self._synthetic.complete(resource, outputs)

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Answer a provider function."""
        return answered(self._clients, self._synthetic, token, arguments)

    def in_region(self, region: str) -> "Answers":
        """Return what answers the provider's functions in another region."""
        return Answers(self._clients.in_region(region), self._synthetic.in_region(region))

    @property
    def acted(self) -> bool:
        """Whether anything is not as it was before."""
        return bool(self.created or self.changed or self.deleted)

    def summary(self) -> str:
        """Say in one line what a run came to."""
        return (
            f"{len(self.created)} resources created, {len(self.changed)} changed, "
            f"{len(self.deleted)} deleted, {len(self.reused)} as they were, "
            f"{len(self.recorded_only)} recorded only (rampart coverage says why)."
        )

    def _settled(self, resource: Registration) -> Created:
        with self._lock:
            urn, kept = find(self._state, resource)
            self._seen |= {urn, resource.urn}
        asked = replace(resource, inputs=with_ignored(resource, kept))
        decided = change(asked, kept)
        if kept is not None and self._anew.intersection(needs(resource)):
            decided = Change(verb=Verb.UPDATE, keys=("what it belongs to is new",))
        if aws.CREATORS[resource.type].runs_code and decided.verb is not Verb.KEEP:
            with self._lock:
                self._waiting[resource.urn] = asked
            return resource.name, {}
        made = self._made(asked, kept, decided, urn)
        self._keep(asked, made, urn)
        return made

    def _made(self, asked: Registration, kept: Kept | None, decided: Change, urn: str) -> Created:
        called = replace(asked, urn=(kept.named or urn) if kept else asked.urn)
        create = aws.CREATORS[asked.type].create
        if decided.verb is not Verb.KEEP:
            self._say(decided.line(asked.urn))
        if kept is None:
            self._count(self.created, asked.urn)
            return create(self._at(called), called)
        if decided.verb is Verb.KEEP:
            self._count(self.reused, asked.urn)
            return kept.id, kept.outputs
        self._count(self.changed, asked.urn)
        if decided.verb is Verb.REPLACE:
            return self._replacement(called, kept, urn)
        if only_noted(decided.keys):
            return kept.id, kept.outputs
        return self._updated(called, kept)

    def _updated(self, called: Registration, kept: Kept) -> Created:
        update = aws.UPDATERS.get(called.type)
        create = aws.CREATORS[called.type].create
        if update is None:
            return create(self._at(called), called)
        try:
            return update(self._at(called), called, kept.id, kept.known_inputs)
        except ClientError as error:
            if not is_gone(error):
                raise
            return create(self._at(called), called)  # what it was in is new

    def _replacement(self, called: Registration, kept: Kept, urn: str) -> Created:
        """Create the new one first, as Pulumi does; where the name is taken, delete the old one."""
        refuse(self._clients, self._state.resources, [(urn, Verb.REPLACE)])
        create = aws.CREATORS[called.type].create
        first = bool(called.options.get("deleteBeforeReplace"))
        if not first:
            try:
                made = create(self._at(called), called)
            except ClientError as error:
                if not exists_already(error):
                    raise
                first = True
            else:
                if made[0] != kept.id or elsewhere(called, kept):
                    with self._lock:
                        self._replaced[f"{called.urn} (replaced)"] = kept
                else:
                    self._anew.update((urn, called.urn))
                return made
        end(self._clients, called.type, kept)
        self._anew.update((urn, called.urn))
        return create(self._at(called), called)

    def _delete(self, urn: str, kept: Kept, *, removed: bool) -> None:
        if removed:
            del self._state.resources[urn]
            self._count(self.deleted, urn)
        if kept.retain:
            self._say(f"  left {named(urn)}, as retain_on_delete says")
        elif keeps_lines(self._clients, urn, kept):
            self._say(f"  left {named(urn)} with its log lines")
        else:
            self._say(Change(verb=Verb.DELETE).line(urn))
            end(self._clients, type_of(urn), kept)

    def _keep(self, asked: Registration, made: Created, urn: str) -> None:
        with self._lock:
            before = self._state.resources.pop(urn, None) if urn != asked.urn else None
            before = before or self._state.resources.get(asked.urn)
            self._state.resources[asked.urn] = Kept(
                digest=digest(asked),
                id=made[0],
                outputs=made[1],
                inputs=contents(asked.inputs),
                dependencies=needs(asked),
                named=(before.named or urn) if before else asked.urn,
                protect=bool(asked.options.get("protect")),
                retain=bool(asked.options.get("retainOnDelete")),
                region=asked.region,
            )

    def _at(self, resource: Registration) -> Clients:
        """Return the clients of the region in which a resource is."""
        return self._clients.in_region(resource.region)

    def _count(self, where: list[str], urn: str) -> None:
        with self._lock:
            where.append(urn)
