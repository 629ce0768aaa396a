"""Runs a Python program in this process: milliseconds, and its exceptions come out as they are."""

import asyncio
import contextvars
import gc
import logging
import os
import runpy
import sys
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulumi.runtime import run_in_stack, set_all_config, settings

from pulumi_rampart.testing.protocol import ENGINE, MONITOR, Direct
from pulumi_rampart.testing.recording import Recording
from pulumi_rampart.testing.run import ORGANIZATION, PARALLEL

Program = Path | Callable[[], object]

_STUCK_SECONDS = 3.0
"""How long a program may wait, after an exception in the SDK and with no request under way."""


@dataclass(frozen=True, kw_only=True)
class InProcess:
    """The host of Python programs that need no interpreter of their own."""

    root: Path | None = None
    """Folder of Pulumi.yaml; by default that of the program."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    """Variables that the program sees in addition to this process's."""

    def run(self, program: Program, recording: Recording) -> None:
        """Run a file from its own folder, or a function.

        Raises:
            Exception: whatever the program or the cloud raises.
        """
        # A context of its own: the SDK keeps its settings in context variables.
        before = dict(os.environ)
        os.environ.update(self.environment)
        try:
            contextvars.copy_context().run(_evaluate, program, recording)
        finally:
            for name in self.environment:
                os.environ.pop(name)
            os.environ.update({key: before[key] for key in self.environment.keys() & before.keys()})


def folder_of(program: Program) -> Path:
    """Return the folder that a program runs in: that of its file; a function runs in this one."""
    if not isinstance(program, Path):
        return Path.cwd()
    path = program.resolve()
    return path if path.is_dir() else path.parent


def _evaluate(program: Program, recording: Recording) -> None:
    run = recording.run
    folder = folder_of(program)  # before it becomes the current one
    file = program.resolve() if isinstance(program, Path) else None
    monitor = Direct(recording.monitor, MONITOR)
    set_all_config(dict(run.config), sorted(run.secret_keys))
    settings.ROOT.set(None)
    settings.configure(
        settings.Settings(
            project=run.project,
            stack=run.stack,
            organization=ORGANIZATION,
            root_directory=str(run.folder),
            monitor=monitor,
            engine=Direct(recording.engine, ENGINE),
            parallel=PARALLEL,
            dry_run=run.preview,
            legacy_apply_enabled=False,
        )
    )

    def declare() -> None:
        if callable(program):
            program()
        else:
            runpy.run_path(str(file), run_name="__main__")

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.set_default_executor(ThreadPoolExecutor(PARALLEL))
    # The SDK's language host does the same: a failing resource would be reported per task.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    try:
        with _inside(folder), _without_collector():
            loop.run_until_complete(_watched(declare, monitor))
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                loop.run_until_complete(task)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        asyncio.set_event_loop(None)


async def _watched(declare: Callable[[], None], monitor: Direct) -> None:
    """Run the program, and raise what the SDK keeps to itself when it can only wait for ever.

    An exception between an answer and the outputs it resolves leaves whoever waits for them
    waiting: the SDK keeps the exception for the end, which never comes.
    """
    task = asyncio.ensure_future(run_in_stack(declare))
    while not task.done():
        before = monitor.calls
        await asyncio.wait({task}, timeout=_STUCK_SECONDS)
        kept = _kept()
        if not task.done() and kept is not None and monitor.calls == before and monitor.idle:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            raise kept
    await task


def _kept() -> Exception | None:
    """Return the exception that the SDK keeps for the end."""
    kept: Any = settings.SETTINGS
    return kept.rpc_manager.unhandled_exception


@contextmanager
def _inside(folder: Path) -> Generator[None]:
    """Run from the program's folder with its modules importable, as the CLI does."""
    before, path = Path.cwd(), list(sys.path)
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        os.chdir(before)
        sys.path[:] = path


@contextmanager
def _without_collector() -> Generator[None]:
    """Spend no time on searching garbage: the SDK's futures live to the end, and that is near.

    A program of 440 resources takes 1.0 s of processor time instead of 2.5 s.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
