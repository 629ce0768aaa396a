"""Runs a program's hooks around the creation of its resources, as the engine does.

In a preview only those run that ask for it. Source: pulumi/pulumi, pkg/resource/deploy,
deployment.go (`RunHooks`, `RunErrorHooks`) and step.go (`CreateStep.Apply`).
"""

# The SDK's stubs import each other by names that do not exist (`pulumi.callback_pb2`).
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

from collections.abc import Callable, Iterable
from typing import Any

from pulumi.runtime.proto import resource_pb2

from pulumi_rampart.testing.callbacks import CallbackError, Callbacks
from pulumi_rampart.testing.wire import struct

Created = tuple[str, dict[str, Any]]

_MOST_TRIES = 100  # `maxErrorHookRetries` of the engine


class Hooks:
    """The hooks that a program has registered, by name.

    Args:
        callbacks: the way into the program.
        preview: whether only hooks run that ask to run in a preview.
        warn: called with the failure of a hook whose errors are to be ignored, and a URN.
    """

    def __init__(
        self, callbacks: Callbacks, *, preview: bool, warn: Callable[[str, str], None]
    ) -> None:
        self._callbacks, self._preview, self._warn = callbacks, preview, warn
        self._hooks: dict[str, resource_pb2.RegisterResourceHookRequest] = {}
        self._error_hooks: dict[str, resource_pb2.RegisterErrorHookRequest] = {}

    def add(self, request: resource_pb2.RegisterResourceHookRequest) -> None:
        """Keep a hook.

        Raises:
            ValueError: there is one of this name.
        """
        self._check(request.name)
        self._hooks[request.name] = request

    def add_error_hook(self, request: resource_pb2.RegisterErrorHookRequest) -> None:
        """Keep a hook that is asked whether a failed creation is tried again.

        Raises:
            ValueError: there is one of this name.
        """
        self._check(request.name)
        self._error_hooks[request.name] = request

    def run(self, names: Iterable[str], urn: str, inputs: dict[str, Any], **created: Any) -> None:  # noqa: ANN401  # id and outputs
        """Run hooks of a resource.

        Args:
            names: which, in order.
            urn: of the resource.
            inputs: its inputs, as on the wire.
            created: its `id` and `outputs`, after its creation.

        Raises:
            CallbackError: a hook raised and does not ask to ignore that.
        """
        for name in names:
            hook = self._hooks[name]
            if self._preview and not hook.on_dry_run:
                continue
            asked = resource_pb2.ResourceHookRequest(
                urn=urn,
                id=created.get("id", ""),
                name=urn.rpartition("::")[2],
                type=_type(urn),
                new_inputs=struct(inputs),
                new_outputs=struct(created["outputs"]) if "outputs" in created else None,
            )
            what = f"Hook {name!r} of {urn}"
            answer = resource_pb2.ResourceHookResponse.FromString(
                self._callbacks.call(hook.callback, asked, what)
            )
            if answer.error and hook.ignore_errors:
                self._warn(f"{what} failed: {answer.error}", urn)
            elif answer.error:
                raise CallbackError(f"{what} failed: {answer.error}")

    def created(
        self,
        names: Iterable[str],
        urn: str,
        inputs: dict[str, Any],
        create: Callable[[], Created],
    ) -> Created:
        """Create something, again when it fails and one of the error hooks asks for it.

        Raises:
            Exception: what `create` raised, when no hook asks to try again.
        """
        failures: list[str] = []
        while True:
            try:
                return create()
            except Exception as error:
                failures.insert(0, str(error))
                if len(failures) >= _MOST_TRIES or not self._again(names, urn, inputs, failures):
                    raise

    def _again(
        self, names: Iterable[str], urn: str, inputs: dict[str, Any], failures: list[str]
    ) -> bool:
        again = False
        for name in names:
            asked = resource_pb2.ErrorHookRequest(
                urn=urn,
                name=urn.rpartition("::")[2],
                type=_type(urn),
                new_inputs=struct(inputs),
                failed_operation="create",
                errors=failures,
            )
            what = f"Error hook {name!r} of {urn}"
            answer = resource_pb2.ErrorHookResponse.FromString(
                self._callbacks.call(self._error_hooks[name].callback, asked, what)
            )
            if answer.error:
                raise CallbackError(f"{what} failed: {answer.error}")
            again = again or answer.retry
        return again

    def _check(self, name: str) -> None:
        if name in self._hooks or name in self._error_hooks:
            raise ValueError(f"There are two hooks {name!r}; a hook's name is unique.")


def _type(urn: str) -> str:
    return urn.split("::")[2].rpartition("$")[2]
