"""A stack that runs on this machine."""

import json
from collections import deque
from collections.abc import Callable, Collection, Mapping
from typing import Any, Self

from pulumi_rampart.testing import Graph
from rampart_local.clients import Clients
from rampart_local.cloud import LaptopCloud
from rampart_local.identity import token


class FunctionError(Exception):
    """A function answered with an error.

    Attributes:
        kind: the error's class name, as Lambda reports it.
        message: its text.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind, self.message = kind, message


class Deployment:
    """A stack that runs on this machine until it is stopped."""

    def __init__(
        self,
        *,
        graph: Graph,
        clients: Clients,
        cloud: LaptopCloud,
        logs: deque[tuple[str, str]],
        stop: Callable[[], None],
        refresh: Callable[[], tuple[Graph, LaptopCloud]],
    ) -> None:
        self.clients = clients
        self.endpoint = clients.endpoint
        """Address of the embedded AWS."""
        self._lines = logs
        self._stop: Callable[[], None] | None = stop
        self._refresh = refresh
        self._take(graph, cloud)

    def _take(self, graph: Graph, cloud: LaptopCloud) -> None:
        self.graph = graph
        self.exports: dict[str, Any] = graph.exports
        """What the program exports; addresses are those on this machine."""
        self.created: Collection[str] = cloud.created
        """URNs that this run created; those it changed or kept are in the next two."""
        self.changed: Collection[str] = cloud.changed
        self.reused: Collection[str] = cloud.reused
        self.deleted: Collection[str] = cloud.deleted
        self.recorded_only: Mapping[str, str] = cloud.recorded_only
        """URN -> why the laptop did not create it."""

    def refresh(self) -> None:
        """Bring the stack to what its files say now.

        Raises:
            Exception: whatever the program raises; the stack runs as it was.
        """
        self._take(*self._refresh())

    @property
    def logs(self) -> list[tuple[str, str]]:
        """The latest lines of all functions, as (function, line)."""
        return list(self._lines)

    def invoke(self, function: str, event: object) -> Any:  # noqa: ANN401  # any JSON
        """Call a function, by its logical or its physical name, and return its answer.

        Raises:
            FunctionError: it answered with an error.
            LookupError: there is no such function.
        """
        answer = self.clients.lambda_.invoke(
            FunctionName=self._physical(function), Payload=json.dumps(event)
        )
        body = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            raise FunctionError(body.get("errorType", ""), body.get("errorMessage", ""))
        return body

    def token(self, tenant: str) -> str:
        """Return an ID token of a user of this tenant."""
        return token(self.clients, self.graph, tenant)

    def stop(self) -> None:
        """End every process and save the state; a second call does nothing."""
        stop, self._stop = self._stop, None
        if stop:
            stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _physical(self, function: str) -> str:
        functions = self.graph.of("aws:lambda/function:Function")
        for each in functions:
            if function in (each.id, each.name):
                return each.id
        raise LookupError(f"no function {function!r}; there are {[f.name for f in functions]}")
