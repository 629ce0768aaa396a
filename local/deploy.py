"""Deploys a Pulumi program to this machine.

Example:
    with deploy(Path("."), stack="dev") as cloud:
        print(cloud.exports["api_url"], cloud.invoke("greeter", {"name": "Ada"}))
"""

import json
import shutil
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from components import packaging
from components.testing import Graph, record
from components.testing.cloud import ACCOUNT
from local.clients import Clients
from local.cloud import LaptopCloud, ReplacementError
from local.executor.pool import Limits
from local.identity import token
from local.placements import placements
from local.server import AwsServer
from local.stack import Stack, read_stack
from local.state import State, load, move

_KEPT_LINES = 10_000
_REGION = "eu-central-1"  # where the stack names none

Say = Callable[[str], None]
Log = Callable[[str, str], None]
"""Called with a function's name and a line it printed, from another thread."""


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
    ) -> None:
        self.graph, self.clients = graph, clients
        self.exports: dict[str, Any] = graph.exports
        """What the program exports; addresses are those on this machine."""
        self.endpoint = clients.endpoint
        """Address of the embedded AWS."""
        self.created: Collection[str] = cloud.created
        """URNs that this run created; those it changed or kept are in the next two."""
        self.changed: Collection[str] = cloud.changed
        self.reused: Collection[str] = cloud.reused
        self.recorded_only: Mapping[str, str] = cloud.recorded_only
        """URN -> why the laptop did not create it."""
        self.logs = logs
        """The latest lines of all functions, as (function, line)."""
        self._stop: Callable[[], None] | None = stop

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


def deploy(
    folder: Path,
    *,
    stack: str,
    state_folder: Path | None = None,
    config: Mapping[str, str] | None = None,
    secret_keys: Collection[str] = (),
    limits: Limits | None = None,
    say: Say = lambda _: None,
    log: Log = lambda _function, _line: None,
) -> Deployment:
    """Create what the program of a Pulumi project describes, or find that it exists.

    Args:
        folder: where Pulumi.yaml lies.
        stack: which Pulumi.<stack>.yaml.
        state_folder: what is kept between runs; by default `.rampart/<stack>` in `folder`.
        config: values by full key that take precedence over the stack's.
        secret_keys: keys of `config` whose values are secret.
        limits: how many function processes may run.
        say: called with what happens, for people.
        log: called with every line that a function prints.

    Raises:
        Exception: whatever the program raises, or why a resource could not be created.
    """
    described = read_stack(folder, stack)
    kept = (state_folder or described.folder / ".rampart" / stack).resolve()
    run = _Run(
        stack=replace(
            described,
            config={"aws:region": _REGION, **described.config, **(config or {})},
            secret_keys=described.secret_keys | set(secret_keys),
        ),
        folder=kept,
        limits=limits,
        say=say,
        log=log,
    )
    state = load(kept)
    if state.resources and not state.whole:
        say("The last run did not end in order: starting afresh.")
        state = run.afresh()
    try:
        return run.deployed(state)
    except ReplacementError as error:
        say(f"Starting afresh: {error}.")
        return run.deployed(run.afresh())


class _Run:
    """One attempt, or two, to bring a stack up."""

    def __init__(
        self, *, stack: Stack, folder: Path, limits: Limits | None, say: Say, log: Log
    ) -> None:
        self._stack, self._folder = stack, folder
        self._limits, self._say, self._log = limits, say, log
        self._lines: deque[tuple[str, str]] = deque(maxlen=_KEPT_LINES)

    def afresh(self) -> State:
        """Forget everything that the last runs left, except built packages."""
        shutil.rmtree(self._folder / "aws", ignore_errors=True)
        return State()

    def deployed(self, state: State) -> Deployment:
        server = AwsServer(
            self._folder / "aws",
            region=self._stack.config["aws:region"],
            account=ACCOUNT,
            port=state.port,
            limits=self._limits,
            log=self._heard,
        )
        if state.port and state.port != server.port:
            self._say(f"Port {state.port} is taken: moving to {server.port}.")
            move(self._folder, state.port, server.port)
            state = load(self._folder)
        state.port, state.whole = server.port, False
        state.save(self._folder)
        server.start()
        try:
            return self._filled(server, state)
        except BaseException:
            server.stop()
            raise

    def _filled(self, server: AwsServer, state: State) -> Deployment:
        clients = Clients(server.endpoint, self._stack.config["aws:region"], ACCOUNT)
        cloud = LaptopCloud(clients, state)
        graph = self._recorded(cloud)
        cloud.check_removed()
        server.open(placements(graph, self._stack.folder))

        def stop() -> None:
            server.stop()
            state.whole = True
            state.save(self._folder)

        return Deployment(graph=graph, clients=clients, cloud=cloud, logs=self._lines, stop=stop)

    def _recorded(self, cloud: LaptopCloud) -> Graph:
        # Zips are built for the Python and the machine that run them here.
        here = packaging.into(self._folder / "packages", packaging.Target.this_machine())
        try:
            with packaging.using(here):
                return record(
                    self._stack.program,
                    project=self._stack.project,
                    stack=self._stack.name,
                    config=self._stack.config,
                    secret_keys=self._stack.secret_keys,
                    cloud=cloud,
                )
        except Exception as error:
            raise cloud.failure or error from error

    def _heard(self, function: str, line: str) -> None:
        self._lines.append((function, line))
        self._log(function, line)
