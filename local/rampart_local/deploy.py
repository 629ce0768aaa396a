"""Deploys a Pulumi program to this machine.

Example:
    with deploy(Path("."), stack="dev") as cloud:
        print(cloud.exports["api_url"], cloud.invoke("greeter", {"name": "acme"}))
"""

from collections import deque
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from pulumi_rampart import packaging
from pulumi_rampart.testing import Graph, InProcess, record
from pulumi_rampart.testing.cloud import ACCOUNT
from pulumi_rampart.testing.stacks import StackReferences
from rampart_local.clients import Clients
from rampart_local.cloud import LaptopCloud
from rampart_local.deployment import Deployment, FunctionError
from rampart_local.executor.pool import Limits
from rampart_local.lock import locked
from rampart_local.placements import placements
from rampart_local.plan import Plan
from rampart_local.server import AwsServer
from rampart_local.services import started
from rampart_local.settings import read_settings
from rampart_local.stack import Stack, read_stack
from rampart_local.state import State, forget_others, load, move
from rampart_local.where import REGION, state_folder_of

__all__ = ["Deployment", "FunctionError", "deploy"]

_KEPT_LINES = 10_000

Say = Callable[[str], None]
Log = Callable[[str, str], None]


def deploy(
    folder: Path,
    *,
    stack: str,
    state_folder: Path | None = None,
    config: Mapping[str, str] | None = None,
    secret_keys: Collection[str] = (),
    stack_references: StackReferences | None = None,
    services: bool = True,
    warm: bool = False,
    limits: Limits | None = None,
    say: Say = lambda _: None,
    log: Log = lambda _function, _line: None,
) -> Deployment:
    """Create what the program of a Pulumi project describes, or find that it exists.

    Args:
        folder: where Pulumi.yaml lies.
        stack: which Pulumi.<stack>.yaml.
        state_folder: what is kept between runs; by default `.rampart/<stack>` in `folder`.
        config: values by full key that take precedence over the stack's and the stand-ins'.
        secret_keys: keys of `config` whose values are secret.
        stack_references: outputs of other stacks that the program reads, by the stacks' names.
        services: whether the stand-ins are started that the project asks for.
        warm: whether every image function gets an environment before it is called, which takes
            memory and saves its first caller the seconds in which its libraries load.
        limits: how many function processes may run.
        say: called with what happens, for people.
        log: called with a function's name and a line it printed, from another thread.

    Raises:
        RuntimeError: the stack is running already, or a resource could not be created.
        RefusedError: the program would delete data.
        Exception: whatever the program raises.
    """
    described = read_stack(folder, stack)
    if described.runtime != "python":
        # The packages of components in another process are built for AWS, not for this machine.
        raise RuntimeError(
            f"{folder} is a {described.runtime} program; a laptop runs Python programs. "
            "`rampart graph` records this one."
        )
    run = _Run(
        stack=replace(described, secret_keys=described.secret_keys | set(secret_keys)),
        folder=state_folder_of(described, state_folder),
        config=dict(config or {}),
        stack_references=stack_references,
        services=services,
        warm=warm,
        limits=limits,
        say=say,
        log=log,
    )
    return run.deployment()


class _Run:
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
        self._stack, self._folder, self._config = stack, folder, config
        self._stack_references = stack_references
        self._services, self._warm, self._limits = services, warm, limits
        self._say, self._log = say, log
        self._lines: deque[tuple[str, str]] = deque(maxlen=_KEPT_LINES)

    def deployment(self) -> Deployment:
        """Start what exists, find out what the program would change, and change it.

        A program that fails, or would delete data, leaves everything as it was.
        """
        with ExitStack() as running:
            lock = running.enter_context(locked(self._folder))
            state = load(self._folder)
            forget_others(self._folder, state.generation)
            config = self._configuration(running)
            server, state = self._server(state, config["aws:region"], lock)
            running.callback(server.stop)
            server.start()
            self._say(f"The embedded AWS answers at {server.endpoint}.")
            clients = Clients(server.endpoint, config["aws:region"], ACCOUNT)
            graph, cloud = self._brought(state, clients, config, server)
            self._say(cloud.summary())
            rest = running.pop_all()

        def stop() -> None:
            rest.close()

        return Deployment(graph=graph, clients=clients, cloud=cloud, logs=self._lines, stop=stop)

    def _brought(
        self, state: State, clients: Clients, config: dict[str, str], server: AwsServer
    ) -> tuple[Graph, LaptopCloud]:
        """Bring what exists to what the program says, whole or not at all."""
        cloud = LaptopCloud(clients, state, self._say)
        graph = self._foreseen(state, clients, config, cloud) if state.resources else None
        if graph is None:
            graph = self._recorded(config, cloud)
            cloud.delete_rest()
        server.open(placements(graph, self._stack.folder), warm=self._warm)
        cloud.run_code()
        self._checkpoint(state, cloud, server)
        return graph, cloud

    def _foreseen(
        self, state: State, clients: Clients, config: dict[str, str], cloud: LaptopCloud
    ) -> Graph | None:
        """Find out what the program would change; return its graph if that is nothing.

        Raises:
            RefusedError: it would delete data.
        """
        plan = Plan(clients, state)
        graph = self._recorded(config, plan)
        if not plan.nothing:
            plan.check()
            return None
        cloud.find_unchanged(plan)
        return graph

    def _checkpoint(self, state: State, cloud: LaptopCloud, server: AwsServer) -> None:
        """Write the embedded AWS's state, then ours, which names it: both or none."""
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
        return config | self._config

    def _server(self, state: State, region: str, lock: int) -> tuple[AwsServer, State]:
        """Prepare the embedded AWS, where it was if its port is free."""
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
            state = load(self._folder)
        state.port = server.port
        return server, state

    def _recorded(self, config: dict[str, str], cloud: LaptopCloud | Plan) -> Graph:
        # Zips are built for the Python and the machine that run them here.
        here = packaging.into(self._folder / "packages", packaging.Target.this_machine())
        try:
            with packaging.using(here):
                return record(
                    self._stack.program,
                    project=self._stack.project,
                    stack=self._stack.name,
                    config=config,
                    secret_keys=self._stack.secret_keys,
                    cloud=cloud,
                    stack_references=self._stack_references,
                    host=InProcess(environment=self._stack.environment),
                )
        except Exception as error:
            failure = cloud.failure if isinstance(cloud, LaptopCloud) else None
            raise failure or error from error

    def _heard(self, function: str, line: str) -> None:
        self._lines.append((function, line))
        self._log(function, line)
