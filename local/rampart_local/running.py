"""A stack that `rampart up` runs in another terminal."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pulumi_rampart.testing.cloud import ACCOUNT
from rampart_local.changes import type_of
from rampart_local.clients import Clients
from rampart_local.lock import is_running
from rampart_local.stack import read_stack
from rampart_local.state import Kept, load
from rampart_local.where import REGION, state_folder_of

FUNCTION = "aws:lambda/function:Function"
QUEUE = "aws:sqs/queue:Queue"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"


class Running:
    """A stack that another process runs.

    Raises:
        RuntimeError: it does not run.
    """

    def __init__(self, project: Path, stack: str, state_folder: Path | None) -> None:
        described = read_stack(project, stack)
        place = state_folder_of(described, state_folder)
        self._state = load(place)
        if self._state.port is None or not is_running(place):
            raise RuntimeError(f"Stack {stack} is not running: rampart up --stack {stack}")
        region = described.config.get("aws:region", REGION)
        self.clients = Clients(f"http://127.0.0.1:{self._state.port}", region, ACCOUNT)

    def of(self, type_: str) -> dict[str, Kept]:
        """Return the resources of a type by their names in the program."""
        return {
            urn.rpartition("::")[2]: kept
            for urn, kept in self._state.resources.items()
            if type_of(urn) == type_
        }

    def id(self, type_: str, name: str) -> str:
        """Find a resource by its name in the program or in AWS.

        Raises:
            LookupError: there is none.
        """
        found = self.of(type_)
        for logical, kept in found.items():
            if name in (logical, kept.id, kept.outputs.get("name")):
                return kept.id
        raise LookupError(f"There is no {type_} {name!r}; there are {sorted(found)}.")


def lines(
    clients: Clients, group: str, pattern: str, *, since_ms: int
) -> Iterator[tuple[int, str, str]]:
    """Read the lines of a log group: time in milliseconds, event id, text, oldest first."""
    request: dict[str, Any] = {"logGroupName": group, "startTime": since_ms}
    if pattern:
        request["filterPattern"] = pattern
    while True:
        answer = clients.logs.filter_log_events(**request)
        for event in answer["events"]:
            yield event.get("timestamp", 0), event.get("eventId", ""), event.get("message", "")
        if "nextToken" not in answer:
            return
        request["nextToken"] = answer["nextToken"]
