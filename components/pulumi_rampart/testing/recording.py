"""One recording: the monitor and the engine, and the way for other processes to reach them."""

import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from pulumi_rampart.testing import unanswered
from pulumi_rampart.testing.cloud import Cloud
from pulumi_rampart.testing.engine import Engine
from pulumi_rampart.testing.graph import Graph, in_order
from pulumi_rampart.testing.monitor import Monitor
from pulumi_rampart.testing.plugins import Plugins
from pulumi_rampart.testing.remote import Components
from pulumi_rampart.testing.run import Run
from pulumi_rampart.testing.server import Server
from pulumi_rampart.testing.stacks import OtherStacks, StackReferences


class Recording:
    """What a host runs a program against.

    Args:
        plugins: providers of component packages, by package.
        opaque: packages whose components are recorded without what is inside them.
    """

    def __init__(
        self,
        run: Run,
        cloud: Cloud,
        *,
        stack_references: StackReferences,
        plugins: Mapping[str, Path],
        opaque: Collection[str],
    ) -> None:
        self.run = run
        self.engine = Engine()
        self._plugins = Plugins(plugins, run.config)
        self._lock = threading.Lock()
        self._server: Server | None = None
        components = Components(
            run,
            self.engine,
            self._plugins,
            opaque,
            address=self.address,
            failure=lambda: self.failure,
        )
        stacks = OtherStacks(stack_references, project=run.project)
        self.monitor = Monitor(run, cloud, self.engine, stacks, components)

    def address(self) -> str:
        """Return where monitor and engine are served, which they are from now on."""
        with self._lock:
            if self._server is None:
                self._server = Server(self.monitor, self.engine)
            return self._server.address

    @property
    def failure(self) -> BaseException | None:
        """The first exception that another process was answered with, as text."""
        return self._server.failure if self._server else None

    def hint(self, error: Exception, program: Path | Callable[[], object]) -> str:
        """Return which unanswered outputs may be the cause of a program's failure."""
        if self.run.preview:
            return ""
        resources = self.monitor.resources
        seen = ((one, resources.state(one.urn)) for one in resources.recorded.values())
        return unanswered.note(
            error,
            program,
            ((one.type, one.name, state[1]) for one, state in seen if state and one.custom),
        )

    def close(self) -> None:
        """End whatever was started for the recording."""
        self._plugins.stop()
        if self._server:
            self._server.stop()
        self.monitor.close()

    def graph(self) -> Graph:
        """Return what has been registered."""
        resources = self.monitor.resources
        exports = resources.outputs.pop(self.run.root, {})
        found = [
            replace(one, outputs=resources.outputs.get(one.urn, one.outputs))
            for one in resources.recorded.values()
        ]
        return Graph(in_order(found), exports, tuple(self.engine.lines))
