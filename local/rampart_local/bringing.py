"""Brings a stack up on this machine, and to what its program says."""

from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from pulumi_rampart import packaging
from pulumi_rampart.testing import Graph, InProcess, record
from pulumi_rampart.testing.cloud import ACCOUNT
from pulumi_rampart.testing.stacks import StackReferences
from rampart_local.clients import Clients
from rampart_local.cloud import LaptopCloud
from rampart_local.deployment import Deployment
from rampart_local.executor.pool import Limits
from rampart_local.lock import locked
from rampart_local.modules import forget_modules
from rampart_local.placements import placements
from rampart_local.plan import Plan
from rampart_local.server import AwsServer
from rampart_local.services import started
from rampart_local.settings import read_settings
from rampart_local.stack import Stack, read_stack
from rampart_local.state import State, forget_others, load, move
from rampart_local.where import REGION

_KEPT_LINES = 10_000

Say = Callable[[str], None]
Log = Callable[[str, str], None]


class Run:
    """Brings a stack up, and to what its program says."""

    def __init__(
        self,
        *,
        stack: Stack,
        folder: Path,
        config: dict[str, str],
        stack_references: StackReferences | None,
        services: bool,
        warm: bool,
        limits: Limits | None,
        say: Say,
        log: Log,
    ) -> None:
        self._stack, self._folder, self._given = stack, folder, config
        self._stack_references = stack_references
        self._services, self._warm, self._limits = services, warm, limits
        self._say, self._log = say, log
        self._lines: deque[tuple[str, str]] = deque(maxlen=_KEPT_LINES)
        self._state = State()
        self._config: dict[str, str] = {}

    def deployment(self) -> Deployment:
        """Start what exists, find out what the program would change, and change it.

        A program that fails, or would delete data, leaves everything as it was.
        """
        with ExitStack() as running:
            lock = running.enter_context(locked(self._folder))
            self._state = load(self._folder)
            forget_others(self._folder, self._state.generation)
            self._config = self._configuration(running)
            server = self._server(self._config["aws:region"], lock)
            running.callback(server.stop)
            server.start()
            self._say(f"The embedded AWS answers at {server.endpoint}.")
            clients = Clients(server.endpoint, self._config["aws:region"], ACCOUNT)
            graph, cloud = self._brought(clients, server)
            rest = running.pop_all()

        def refresh() -> tuple[Graph, LaptopCloud]:
            return self._refreshed(clients, server, deployment.graph)

        deployment = Deployment(
            graph=graph,
            clients=clients,
            cloud=cloud,
            logs=self._lines,
            stop=rest.close,
            refresh=refresh,
        )
        return deployment

    def _refreshed(
        self, clients: Clients, server: AwsServer, before: Graph
    ) -> tuple[Graph, LaptopCloud]:
        """Bring a stack that runs to what its files say now; if that fails, back to what it was."""
        forget_modules(self._stack.folder)
        stack = read_stack(self._stack.folder, self._stack.name)
        self._stack = replace(stack, secret_keys=stack.secret_keys | self._stack.secret_keys)
        self._config |= self._stack.config | self._given
        try:
            return self._brought(clients, server)
        except Exception:
            if server.suspended:
                self._state = load(self._folder)
                server.restart(self._state.generation)
                server.open(placements(before, self._stack.folder))
                server.resume(self._state.generation, whole=False)
            raise

    def _brought(self, clients: Clients, server: AwsServer) -> tuple[Graph, LaptopCloud]:
        """Bring what exists to what the program says, whole or not at all."""
        cloud = LaptopCloud(clients, self._state, self._say)
        graph = self._foreseen(clients, cloud) if self._state.resources else None
        server.suspend()
        if graph is None:
            graph = self._recorded(cloud)
            cloud.delete_rest()
        server.open(placements(graph, self._stack.folder), warm=self._warm)
        cloud.run_code()
        self._checkpoint(cloud, server)
        self._say(cloud.summary())
        return graph, cloud

    def _foreseen(self, clients: Clients, cloud: LaptopCloud) -> Graph | None:
        """Find out what the program would change; return its graph if that is nothing.

        Raises:
            RefusedError: it would delete data.
        """
        plan = Plan(clients, self._state)
        graph = self._recorded(plan)
        if not plan.nothing:
            plan.check()
            return None
        cloud.find_unchanged(plan)
        return graph

    def _checkpoint(self, cloud: LaptopCloud, server: AwsServer) -> None:
        """Write the embedded AWS's state, then ours, which names it: both or none."""
        state = self._state
        if state.generation and not cloud.acted:
            server.resume(state.generation, whole=False)
            state.save(self._folder)
            return
        state.generation = state.next_generation()
        server.resume(state.generation, whole=True)
        state.save(self._folder)
        forget_others(self._folder, state.generation)

    def _configuration(self, running: ExitStack) -> dict[str, str]:
        """Put together what the program is told; stand-ins run until `running` is closed."""
        settings = read_settings(self._stack.folder)
        config = {"aws:region": REGION, **self._stack.config, **settings.config}
        if self._services:
            services = self._folder / "services"
            config |= running.enter_context(started(self._stack, settings, services, self._say))
        return config | self._given

    def _server(self, region: str, lock: int) -> AwsServer:
        """Prepare the embedded AWS, where it was if its port is free."""
        state = self._state
        server = AwsServer(
            self._folder / "aws",
            generation=state.generation or "state-0",
            region=region,
            account=ACCOUNT,
            port=state.port,
            limits=self._limits,
            log=self._heard,
            lock=lock,
        )
        if state.port and state.port != server.port:
            self._say(f"Port {state.port} is taken: moving to {server.port}.")
            move(self._folder, state.generation, state.port, server.port)
            self._state = load(self._folder)
        self._state.port = server.port
        return server

    def _recorded(self, cloud: LaptopCloud | Plan) -> Graph:
        # Zips are built for the Python and the machine that run them here.
        here = packaging.into(self._folder / "packages", packaging.Target.this_machine())
        try:
            with packaging.using(here):
                return record(
                    self._stack.program,
                    project=self._stack.project,
                    stack=self._stack.name,
                    config=self._config,
                    secret_keys=self._stack.secret_keys,
                    cloud=cloud,
                    stack_references=self._stack_references,
                    host=InProcess(root=self._stack.folder, environment=self._stack.environment),
                )
        except Exception as error:
            failure = cloud.failure if isinstance(cloud, LaptopCloud) else None
            raise failure or error from error

    def _heard(self, function: str, line: str) -> None:
        self._lines.append((function, line))
        self._log(function, line)
