"""Components that a provider in another process makes: those of generated SDKs."""

# The SDK's stubs are partly unknown to the type checker (`request.aliases`).
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

import contextlib
from collections.abc import Callable, Collection, Generator, Iterable
from typing import Any, cast

import grpc
from google.protobuf import message
from pulumi.runtime.proto import errors_pb2, provider_pb2, resource_pb2, status_pb2

from pulumi_rampart.testing.engine import Engine
from pulumi_rampart.testing.plugins import Plugins
from pulumi_rampart.testing.providers import package
from pulumi_rampart.testing.run import ORGANIZATION, PARALLEL, Run
from pulumi_rampart.testing.wire import plain, struct, upgraded, with_dependencies


class ComponentError(Exception):
    """A provider could not make a component."""


class Components:
    """Constructs remote components by their providers.

    Args:
        opaque: packages whose components are recorded without what is inside them.
        address: returns where the monitor is served, which it is from then on.
        failure: returns what the monitor raised first while it answered another process.
    """

    def __init__(
        self,
        run: Run,
        engine: Engine,
        plugins: Plugins,
        opaque: Collection[str],
        *,
        address: Callable[[], str],
        failure: Callable[[], BaseException | None],
    ) -> None:
        self._run, self._engine, self._plugins = run, engine, plugins
        self._opaque, self._address, self._failure = opaque, address, failure
        self._packages: dict[str, resource_pb2.RegisterPackageRequest] = {}

    def add_package(self, request: resource_pb2.RegisterPackageRequest) -> str:
        """Give a package a name that later requests refer to."""
        parameters = f"{request.parameterization.name}{request.extension.name}"
        ref = f"{request.name}@{request.version}@{parameters}"
        self._packages[ref] = request
        return ref

    def made_here(self, request: resource_pb2.RegisterResourceRequest) -> bool:
        """Tell whether a remote component is made by its provider, and warn when it is not."""
        name, _ = self._provider(request)
        if name in self._opaque:
            self._engine.say(
                "warning",
                f"{request.type} {request.name!r} is recorded without what is inside it: package "
                f"{name!r} is opaque.",
            )
        return name not in self._opaque

    def construct(
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        """Let the provider make a component; its parts are registered meanwhile.

        Raises:
            PluginError: the provider is not at hand.
            ComponentError: it refused or failed.
        """
        plugin = self._plugins.running(*self._provider(request), self._address())
        values: dict[str, Any] = upgraded(plain(request.object))
        for key, each in request.propertyDependencies.items():
            if key in values:
                values[key] = with_dependencies(values[key], each.urns)
        asked = provider_pb2.ConstructRequest(
            project=self._run.project,
            stack=self._run.stack,
            organization=ORGANIZATION,
            config=dict(self._run.config),
            configSecretKeys=sorted(self._run.secret_keys),
            dryRun=self._run.preview,
            parallel=PARALLEL,
            monitorEndpoint=self._address(),
            type=request.type,
            name=request.name,
            parent=request.parent,
            inputs=struct(values),
            inputDependencies={
                key: provider_pb2.ConstructRequest.PropertyDependencies(urns=each.urns)
                for key, each in request.propertyDependencies.items()
            },
            accepts_output_values=True,
            **_options(request),
        )
        with self._failures_of(f"{request.type} {request.name!r}"):
            made = plugin.provider.Construct(asked)
        return resource_pb2.RegisterResourceResponse(
            urn=made.urn,
            object=made.state,
            propertyDependencies={
                key: resource_pb2.RegisterResourceResponse.PropertyDependencies(urns=each.urns)
                for key, each in made.stateDependencies.items()
            },
        )

    def call(self, request: resource_pb2.ResourceCallRequest) -> provider_pb2.CallResponse | None:
        """Let the provider of a remote component answer one of its methods.

        Returns:
            Its answer; None for resources that no provider here makes.
        """
        name, version = self._provider(request)
        if not self._plugins.has(name, version):
            return None
        asked = provider_pb2.CallRequest(
            tok=request.tok,
            args=request.args,
            argDependencies={
                key: provider_pb2.CallRequest.ArgumentDependencies(urns=each.urns)
                for key, each in request.argDependencies.items()
            },
            project=self._run.project,
            stack=self._run.stack,
            organization=ORGANIZATION,
            config=dict(self._run.config),
            configSecretKeys=sorted(self._run.secret_keys),
            dryRun=self._run.preview,
            parallel=PARALLEL,
            monitorEndpoint=self._address(),
        )
        with self._failures_of(request.tok):
            return self._plugins.running(name, version, self._address()).provider.Call(asked)

    @contextlib.contextmanager
    def _failures_of(self, what: str) -> Generator[None]:
        """Turn gRPC's errors into one that names the component and the wrong inputs."""
        try:
            yield
        except grpc.RpcError as error:
            wrong = [
                reason
                for each in cast("Iterable[tuple[str, Any]]", error.trailing_metadata() or ())
                if each[0] == "grpc-status-details-bin"
                for reason in _wrong_inputs(each[1])
            ]
            cause = self._failure()
            reasons = "; ".join(wrong) or str(cause or error.details())
            raise ComponentError(f"{what} could not be made: {reasons}") from (cause or error)

    def _provider(
        self, request: resource_pb2.RegisterResourceRequest | resource_pb2.ResourceCallRequest
    ) -> tuple[str, str]:
        if request.packageRef:
            known = self._packages[request.packageRef]
            return known.name, known.version
        token = (
            request.type
            if isinstance(request, resource_pb2.RegisterResourceRequest)
            else request.tok
        )
        return package(token), request.version


def _options(request: resource_pb2.RegisterResourceRequest) -> dict[str, Any]:
    """Return the options of a registration that a provider gets under the same names."""
    options: dict[str, Any] = {
        "additionalSecretOutputs": request.additionalSecretOutputs,
        "aliases": request.aliases,
        "deletedWith": request.deletedWith,
        "dependencies": request.dependencies,
        "ignoreChanges": request.ignoreChanges,
        "providers": dict(request.providers),
        "replaceOnChanges": request.replaceOnChanges,
        "replace_with": request.replace_with,
    }
    for field in ("protect", "retainOnDelete"):
        if request.HasField(field):
            options[field] = getattr(request, field)
    if request.deleteBeforeReplaceDefined:
        options["deleteBeforeReplace"] = request.deleteBeforeReplace
    if request.HasField("hooks"):
        options["resource_hooks"] = _copied(
            request.hooks, provider_pb2.ConstructRequest.ResourceHooksBinding()
        )
    if request.HasField("customTimeouts"):
        options["customTimeouts"] = _copied(
            request.customTimeouts, provider_pb2.ConstructRequest.CustomTimeouts()
        )
    return options


def _copied(source: message.Message, target: message.Message) -> message.Message:
    """Return a message's fields as another type that has the same ones."""
    for field, value in source.ListFields():
        if isinstance(value, str):
            setattr(target, field.name, value)
        else:
            getattr(target, field.name).extend(value)
    return target


def _wrong_inputs(details: Any) -> list[str]:  # noqa: ANN401  # bytes of a binary header
    """Read which inputs a provider refuses, and why: the detail that the engine reads too."""
    found: list[str] = []
    for each in status_pb2.Status.FromString(details).details:
        refused = errors_pb2.InputPropertiesError()
        if each.Unpack(refused):
            found += [f"{one.property_path}: {one.reason}" for one in refused.errors]
    return found
