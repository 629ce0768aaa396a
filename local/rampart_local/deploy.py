"""Deploys a Pulumi program to this machine.

Example:
    with deploy(Path("."), stack="dev") as cloud:
        print(cloud.exports["api_url"], cloud.invoke("greeter", {"name": "acme"}))
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from pulumi_rampart.testing.stacks import StackReferences
from rampart_local.bringing import Log, Run, Say
from rampart_local.deployment import Deployment, FunctionError
from rampart_local.executor.pool import Limits
from rampart_local.stack import read_stack
from rampart_local.where import state_folder_of

__all__ = ["Deployment", "FunctionError", "deploy"]


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
    run = Run(
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
