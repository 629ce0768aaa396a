"""What a program would do to a stack that exists, found out before anything is changed."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pulumi_rampart.testing import Registration, SyntheticCloud
from rampart_local import aws
from rampart_local.aliases import find
from rampart_local.answers import Answers, answered
from rampart_local.changes import ELSEWHERE, NO_CREATOR, Change, Verb, change, with_ignored
from rampart_local.clients import Clients
from rampart_local.guard import refuse
from rampart_local.state import State


class Plan:
    """A cloud that changes nothing: what exists answers as it did, the rest is made up.

    Args:
        clients: of the embedded AWS, which is only read.
        state: what exists.
    """

    def __init__(self, clients: Clients, state: State) -> None:
        self._clients, self._state = clients, state
        self._synthetic = SyntheticCloud(region=clients.region)
        self._lock = threading.Lock()
        self._adopted: set[str] = set()
        self.changes: dict[str, Change] = {}
        """By URN, of everything that AWS has or would have."""
        self.recorded_only: dict[str, str] = {}
        """URN -> why it would not be created."""

    def create(self, resource: Registration) -> tuple[str, dict[str, Any]]:
        """Decide what would become of a resource."""
        if resource.type not in aws.CREATORS:
            self._note(resource, aws.RECORDED_ONLY.get(resource.type, NO_CREATOR))
            return self._synthetic.create(resource)
        with self._lock:
            urn, kept = find(self._state, resource)
            self._adopted.add(urn)
        asked = replace(resource, inputs=with_ignored(resource, kept))
        decided = change(asked, kept)
        with self._lock:
            self.changes[resource.urn] = decided
        if kept is None or decided.verb in {Verb.CREATE, Verb.REPLACE}:
            return self._synthetic.create(resource)
        return kept.id, kept.outputs

    def read(self, resource: Registration) -> tuple[str, dict[str, Any]]:
        """Make up what exists elsewhere."""
        self._note(resource, ELSEWHERE)
        return self._synthetic.read(resource)

    def complete(self, resource: Registration, outputs: dict[str, Any]) -> dict[str, Any]:
        """Make up the outputs of what does not exist yet."""
        return self._synthetic.complete(resource, outputs)

    def call(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Answer a provider function."""
        return answered(self._clients, self._synthetic, token, arguments)

    def in_region(self, region: str) -> Answers:
        """Return what answers the provider's functions in another region."""
        return Answers(self._clients.in_region(region), self._synthetic.in_region(region))

    def _note(self, resource: Registration, reason: str) -> None:
        with self._lock:
            self.recorded_only[resource.urn] = reason

    @property
    def nothing(self) -> bool:
        """Whether the program describes just what exists."""
        return not self._removed() and all(each.verb is Verb.KEEP for each in self.changes.values())

    def check(self) -> None:
        """Make sure that nothing of it would delete data.

        Raises:
            RefusedError: something would; everything that would is named.
        """
        refuse(self._clients, self._state.resources, self._ends())

    def _ends(self) -> Iterator[tuple[str, Verb]]:
        for urn, decided in self.changes.items():
            if decided.verb is Verb.REPLACE and urn in self._state.resources:
                yield urn, Verb.REPLACE
        for urn in self._removed():
            yield urn, Verb.DELETE

    def _removed(self) -> list[str]:
        return [urn for urn in self._state.resources if urn not in self._adopted]
