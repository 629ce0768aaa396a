"""Runs a program's transforms, as the engine does.

A resource's own transforms run first, then its parents', nearest first, then the stack's. Source:
pulumi/pulumi, pkg/resource/deploy/source_eval.go, `RegisterResource`.
"""

# The SDK's stubs import each other by names that do not exist (`pulumi.callback_pb2`).
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportUnknownVariableType=false

import threading
from typing import Any

from pulumi.runtime.proto import callback_pb2, resource_pb2

from pulumi_rampart.testing import options
from pulumi_rampart.testing.callbacks import Callbacks
from pulumi_rampart.testing.wire import (
    downgraded,
    output_dependencies,
    plain,
    struct,
    upgraded,
    with_dependencies,
)


class Transforms:
    """The transforms that a program has registered."""

    def __init__(self, callbacks: Callbacks) -> None:
        self._callbacks = callbacks
        self._lock = threading.Lock()
        self._of_stack: list[callback_pb2.Callback] = []
        self._of_calls: list[callback_pb2.Callback] = []
        self._of_resources: dict[str, list[callback_pb2.Callback]] = {}
        self._pending: dict[tuple[str, str, str], list[callback_pb2.Callback]] = {}
        self._parents: dict[str, str] = {}

    def add_to_stack(self, callback: callback_pb2.Callback) -> None:
        """Let a transform see every resource that is registered from now on."""
        with self._lock:
            self._of_stack.append(callback)

    def add_to_calls(self, callback: callback_pb2.Callback) -> None:
        """Let a transform see every call of a provider function from now on."""
        with self._lock:
            self._of_calls.append(callback)

    def settle(self, urn: str, request: resource_pb2.RegisterResourceRequest) -> None:
        """Keep a resource's transforms for its children."""
        with self._lock:
            self._parents[urn] = request.parent
            if request.transforms:
                self._of_resources[urn] = list(request.transforms)

    def apply(self, request: resource_pb2.RegisterResourceRequest) -> None:
        """Run what applies to a registration and change it in place.

        Raises:
            CallbackError: a transform raised; the message names the resource.
        """
        self._hand_over(request)
        callbacks = [*request.transforms, *self._inherited(request.parent)]
        if not callbacks:
            return
        values = upgraded(plain(request.object))
        if request.transforms:
            for key, each in request.propertyDependencies.items():
                if key in values:
                    values[key] = with_dependencies(values[key], each.urns)
        changed = options.for_transforms(request)
        for callback in callbacks:
            asked = resource_pb2.TransformRequest(
                type=request.type,
                name=request.name,
                custom=request.custom,
                parent=request.parent,
                properties=struct(values),
                options=changed,
            )
            what = f"A transform of {request.type} {request.name!r}"
            answer = resource_pb2.TransformResponse.FromString(
                self._callbacks.call(callback, asked, what)
            )
            values = plain(answer.properties) if answer.HasField("properties") else values
            changed = answer.options if answer.HasField("options") else changed
        options.take(request, changed)
        _take_values(request, values, own=bool(request.transforms))

    def apply_to_call(self, request: resource_pb2.ResourceInvokeRequest) -> None:
        """Run the stack's transforms of calls and change the call in place.

        Raises:
            CallbackError: a transform raised; the message names the function.
        """
        for callback in list(self._of_calls):
            asked = resource_pb2.TransformInvokeRequest(
                token=request.tok,
                args=request.args,
                options=resource_pb2.TransformInvokeOptions(
                    provider=request.provider,
                    version=request.version,
                    plugin_download_url=request.pluginDownloadURL,
                ),
            )
            answer = resource_pb2.TransformInvokeResponse.FromString(
                self._callbacks.call(callback, asked, f"A transform of calls of {request.tok}")
            )
            if answer.HasField("args"):
                request.args.CopyFrom(answer.args)
            if answer.HasField("options"):
                request.provider = answer.options.provider
                request.version = answer.options.version
                request.pluginDownloadURL = answer.options.plugin_download_url

    def _hand_over(self, request: resource_pb2.RegisterResourceRequest) -> None:
        """Give a remote component's transforms to the registration that its provider makes."""
        key = (request.parent, request.type, request.name)
        with self._lock:
            if request.remote and request.transforms:
                self._pending[key] = list(request.transforms)
            elif key in self._pending:
                request.ClearField("transforms")
                request.transforms.extend(self._pending.pop(key))

    def _inherited(self, parent: str) -> list[callback_pb2.Callback]:
        found: list[callback_pb2.Callback] = []
        with self._lock:
            while parent:
                found += self._of_resources.get(parent, [])
                parent = self._parents.get(parent, "")
            return found + self._of_stack


def _take_values(
    request: resource_pb2.RegisterResourceRequest, values: dict[str, Any], *, own: bool
) -> None:
    """Put transformed inputs into the request, and what they depend on."""
    of_key = {key: output_dependencies(value) for key, value in values.items()}
    if not own:
        for key, each in request.propertyDependencies.items():
            of_key.setdefault(key, set()).update(each.urns)
    request.ClearField("propertyDependencies")
    for key, urns in of_key.items():
        request.propertyDependencies[key].urns.extend(sorted(urns))
    every = set(request.dependencies)
    if own:
        every |= set().union(*of_key.values())
    request.ClearField("dependencies")
    request.dependencies.extend(sorted(every))
    request.object.CopyFrom(struct(values if request.remote else downgraded(values)))
