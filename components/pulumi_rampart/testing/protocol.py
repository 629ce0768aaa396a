"""Which of our methods answers which call of Pulumi's protocol, for both ways of calling them."""

import threading
from collections.abc import Callable, Mapping
from typing import Any

from pulumi_rampart.testing.engine import Engine
from pulumi_rampart.testing.monitor import Monitor

Methods = Mapping[str, Callable[[Any, Any], Any]]

MONITOR: Methods = {
    "GetDeploymentInfo": Monitor.describe,
    "SupportsFeature": Monitor.supports,
    "RegisterPackage": Monitor.add_package,
    "RegisterResource": Monitor.register,
    "ReadResource": Monitor.read,
    "Invoke": Monitor.invoke,
    "Call": Monitor.call,
    "RegisterResourceOutputs": Monitor.take_outputs,
    "RegisterStackTransform": Monitor.add_transform,
    "RegisterStackInvokeTransform": Monitor.add_call_transform,
    "RegisterResourceHook": Monitor.add_hook,
    "RegisterErrorHook": Monitor.add_error_hook,
    "SignalAndWaitForShutdown": Monitor.end,
}

ENGINE: Methods = {
    "Log": Engine.log,
    "GetRootResource": Engine.root,
    "SetRootResource": Engine.set_root,
    "RequirePulumiVersion": Engine.require_version,
}


class Direct:
    """The protocol for a program in this process: the SDK calls its methods as a stub's."""

    def __init__(self, service: Monitor | Engine, methods: Methods) -> None:
        self._service, self._methods = service, methods
        self._lock = threading.Lock()
        self._under_way = 0
        self.calls = 0
        """How many were made."""

    @property
    def idle(self) -> bool:
        """Whether no call is being answered."""
        return self._under_way == 0

    def __getattr__(self, name: str) -> Callable[[Any], Any]:
        if name not in self._methods:
            raise AttributeError(f"{name} is not recorded; these are: {sorted(self._methods)}")
        method = self._methods[name]

        def call(request: Any) -> Any:  # noqa: ANN401  # any message
            with self._lock:
                self.calls += 1
                self._under_way += 1
            try:
                return method(self._service, request)
            finally:
                with self._lock:
                    self._under_way -= 1

        return call
