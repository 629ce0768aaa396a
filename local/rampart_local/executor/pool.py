"""Decides which environment answers an invocation, and what waits.

An invocation waits while its function, or all functions together, run as many environments as the
limits allow. The limits count per depth of synchronous nesting: a caller holds a place one depth
above the function it waits for, so nested calls can never wait for each other in a circle.
"""

import os
import threading
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rampart_local.executor.environment import INIT_SECONDS, Environment
from rampart_local.executor.functions import Function, Outcome, failure

# Lambda stops a chain of calls "after approximately 16" of them.
MAX_DEPTH = 16


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many processes this machine may run."""

    running: int = 8
    """Environments that work at the same time, per depth."""
    per_function: int = field(default_factory=lambda: max(2, os.cpu_count() or 2))
    """Environments of one zip function that work at the same time, per depth."""
    per_image_function: int = field(default_factory=lambda: max(1, (os.cpu_count() or 2) // 2))
    """The same for image functions: their libraries take seconds to load and use several cores."""
    warm: int = 16
    """Idle environments kept for reuse; the longest idle ends first."""


Start = Callable[[Function], Environment]
"""Starts an environment with fresh credentials."""


class Pool:
    """The environments of all functions.

    Args:
        start: starts an environment.
        limits: how many may run.
    """

    def __init__(self, start: Start, limits: Limits) -> None:
        self._start, self._limits = start, limits
        self._changed = threading.Condition()
        self._running: Counter[tuple[int, str]] = Counter()
        self._idle: list[Environment] = []
        self._busy: dict[str, tuple[Environment, int]] = {}
        self._closed = False

    def invoke(
        self, function: Function, payload: bytes, caller: str = "", client_context: str = ""
    ) -> Outcome:
        """Run a function, waiting for a place if need be.

        Args:
            function: what to run.
            payload: the event as JSON.
            caller: access key of who invokes; that of a running environment means it is nested.
            client_context: what the caller hands over beside the event, as JSON.
        """
        with self._changed:
            depth = self._busy[caller][1] + 1 if caller in self._busy else 1
        if depth > MAX_DEPTH:
            return failure("RecursiveInvocationException", f"{function.name} calls in a loop")
        with self._place(depth, function) as granted:
            if not granted:
                return failure("ServiceException", "the laptop cloud is stopping")
            environment = self._take(function)
            key = environment.credentials.access_key_id
            with self._changed:
                self._busy[key] = (environment, depth)
            try:
                return environment.invoke(payload, client_context)
            finally:
                with self._changed:
                    del self._busy[key]
                self._give_back(environment)

    def warm(self, function: Function) -> None:
        """Start an environment before it is needed, as provisioned concurrency does."""
        self._give_back(self._start(function))

    def close(self) -> None:
        """End every environment; whoever waits or works is told so."""
        with self._changed:
            self._closed = True
            idle, self._idle = self._idle, []
            self._changed.notify_all()
            for environment, _ in self._busy.values():
                environment.kill()
        for environment in idle:
            environment.close()
        with self._changed:
            self._changed.wait_for(lambda: not self._running.total())

    @contextmanager
    def _place(self, depth: int, function: Function) -> Generator[bool]:
        """Hold one of the places at this depth; False when the cloud stops meanwhile."""
        limits = self._limits
        most = limits.per_function if function.code.isolated else limits.per_image_function
        most = min(most, function.reserved_concurrency or most)
        own, total = (depth, function.name), (depth, "")

        def free() -> bool:
            running = self._running
            return self._closed or (running[own] < most and running[total] < self._limits.running)

        with self._changed:
            self._changed.wait_for(free)
            if self._closed:
                yield False
                return
            self._running.update((own, total))
        try:
            yield True
        finally:
            with self._changed:
                self._running.subtract((own, total))
                self._changed.notify_all()

    def _take(self, function: Function) -> Environment:
        """Reuse the environment that was used last, or start one."""
        key = function.key()
        with self._changed:
            found = next((one for one in reversed(self._idle) if one.function.key() == key), None)
            if found:
                self._idle.remove(found)
        if (
            found
            and found.alive
            and found.credentials.last(INIT_SECONDS + function.timeout_seconds)
        ):
            return found
        if found:
            found.close()
        return self._start(function)

    def _give_back(self, environment: Environment) -> None:
        """Keep a sound environment warm, in place of the one that was idle longest."""
        superfluous = [environment]
        with self._changed:
            if environment.alive and not self._closed:
                self._idle.append(environment)
                superfluous = self._idle[: -self._limits.warm]
                del self._idle[: -self._limits.warm]
        for each in superfluous:
            each.close()
