"""Runs a Python program against a monitor: the part of Pulumi's CLI that the wheel lacks.

Started with the program's own interpreter, so it imports nothing but `pulumi`.
"""

import argparse
import asyncio
import os
import runpy
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pulumi
from pulumi.runtime import reset_options, run_in_stack, set_all_config
from pulumi.runtime.config import get_config_env, get_config_secret_keys_env

_OPTIONS = (
    "monitor",
    "engine",
    "project",
    "stack",
    "organization",
    "root-directory",
    "pwd",
    "parallel",
    "dry-run",
)


def main() -> int:
    """Run the program; return the exit status."""
    parser = argparse.ArgumentParser()
    for each in _OPTIONS:
        parser.add_argument(f"--{each}", required=True)
    parser.add_argument("program")
    given = parser.parse_args()
    os.chdir(given.pwd)
    sys.path[0] = given.pwd
    sys.argv = [given.program]
    reset_options(
        project=given.project,
        stack=given.stack,
        monitor_address=given.monitor,
        engine_address=given.engine,
        parallel=int(given.parallel),
        preview=given.dry_run == "true",
        organization=given.organization,
        root_directory=given.root_directory,
    )
    set_all_config(get_config_env(), get_config_secret_keys_env())

    def declare() -> None:
        runpy.run_path(given.program, run_name="__main__")

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.set_default_executor(ThreadPoolExecutor(int(given.parallel)))
    try:
        loop.run_until_complete(run_in_stack(declare))
    except pulumi.RunError as error:
        pulumi.log.error(str(error))
        return 1
    except Exception:  # noqa: BLE001  # whatever the program raises is its message
        pulumi.log.error(f"Program failed with an unhandled exception:\n{traceback.format_exc()}")
        return 1
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                loop.run_until_complete(task)
    return 0


if __name__ == "__main__":
    sys.exit(main())
