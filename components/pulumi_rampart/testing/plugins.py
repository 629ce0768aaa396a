"""Finds the provider of a component package and starts it, as the engine does.

A plugin is a program `pulumi-resource-<package>`, or a folder with a PulumiPlugin.yaml whose source
a language runtime executes. It gets the engine's address and prints the port it listens on.
"""

import os
import shutil
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from pulumi_rampart.testing.serving import START_SECONDS, Serving

_OURS = Path(__file__).parents[2]


class PluginError(Exception):
    """The provider of a component is not at hand."""


class Plugin:
    """A running provider.

    Args:
        command: starts it; the engine's address is appended.
        folder: where it runs.
        engine: address of the engine.
        package: whose provider it is.
        config: of the stack; what belongs to the package configures the provider.
    """

    def __init__(
        self,
        command: list[str],
        folder: Path | None,
        *,
        engine: str,
        package: str,
        config: Mapping[str, str],
    ) -> None:
        what = f"The provider of package {package!r}"
        self._serving = Serving([*command, engine], folder, what)
        self.provider: Any = provider_pb2_grpc.ResourceProviderStub(self._serving.channel)
        arguments = struct_pb2.Struct()
        for key, value in config.items():
            if key.startswith(f"{package}:"):
                arguments[key.partition(":")[2]] = value
        request = provider_pb2.ConfigureRequest(
            args=arguments, acceptSecrets=True, acceptResources=True
        )
        self.provider.Configure(request, wait_for_ready=True, timeout=START_SECONDS)

    def stop(self) -> None:
        """End the process and whatever it started."""
        self._serving.stop()


class Plugins:
    """The providers that a recording has started.

    Args:
        given: folders or programs by package; others are looked for where the CLI keeps them.
        config: of the stack.
    """

    def __init__(self, given: Mapping[str, Path], config: Mapping[str, str]) -> None:
        self._given, self._config = given, config
        self._lock = threading.Lock()
        self._running: dict[tuple[str, str], Plugin] = {}

    def running(self, package: str, version: str, engine: str) -> Plugin:
        """Return the provider of a package, which is started the first time.

        Raises:
            PluginError: it is not at hand.
            ServingError: it did not start.
        """
        with self._lock:
            if (package, version) not in self._running:
                command, folder = self._command(package, version)
                self._running[package, version] = Plugin(
                    command, folder, engine=engine, package=package, config=self._config
                )
            return self._running[package, version]

    def has(self, package: str, version: str) -> bool:
        """Tell whether a package's provider runs."""
        return (package, version) in self._running

    def stop(self) -> None:
        """End all of them."""
        for each in self._running.values():
            each.stop()

    def _command(self, package: str, version: str) -> tuple[list[str], Path | None]:
        name = f"pulumi-resource-{package}"
        home = Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi")
        cached = home / "plugins" / f"resource-{package}-v{version}"
        candidates = [self._given.get(package), cached]
        if package == "rampart":
            candidates.append(_OURS)
        for each in candidates:
            if each and (each / "PulumiPlugin.yaml").is_file():
                return _from_source(each)
            if each and (program := each / name if each.is_dir() else each).is_file():
                return [str(program)], None
        if found := shutil.which(name):
            return [found], None
        raise PluginError(
            f"Components of package {package!r} {version} are made by its provider, which is not "
            f"at hand: there is no {name} on PATH, none in {cached} and none in "
            f"{self._given.get(package, 'what was given')}. Install it there, or pass "
            f"record(..., plugins={{{package!r}: folder}}); or pass opaque=[{package!r}] to "
            "record its components without what is inside them."
        )


def _from_source(folder: Path) -> tuple[list[str], Path]:
    described: dict[str, Any] = yaml.safe_load((folder / "PulumiPlugin.yaml").read_text())
    runtime = described["runtime"]
    name = runtime if isinstance(runtime, str) else runtime["name"]
    options: dict[str, Any] = {} if isinstance(runtime, str) else runtime.get("options") or {}
    if name == "python":
        own = folder / str(options.get("virtualenv", "")) / "bin" / "python"
        interpreter = str(own) if options.get("virtualenv") and own.is_file() else sys.executable
        return [interpreter, "-u", str(folder)], folder
    if name == "nodejs":
        runner = folder / "node_modules" / "@pulumi" / "pulumi" / "cmd" / "run-plugin"
        return ["node", str(runner), str(folder)], folder
    raise PluginError(
        f"{folder} is a plugin for the runtime {name!r}; python and nodejs can be started from "
        "source. Build it and pass the program."
    )
