"""Registers and reads resources: what the program declares, and what the cloud makes of it."""

# The SDK's stubs are partly unknown to the type checker (`request.aliases`).
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

import threading
import uuid
from typing import Any

from pulumi.runtime.proto import resource_pb2

from pulumi_rampart.testing import answers, options
from pulumi_rampart.testing.cloud import Cloud
from pulumi_rampart.testing.graph import Registration, Resource
from pulumi_rampart.testing.hooks import Created, Hooks
from pulumi_rampart.testing.providers import Providers, is_provider, urn_of
from pulumi_rampart.testing.run import STACK, Run
from pulumi_rampart.testing.source_positions import position, trace
from pulumi_rampart.testing.stacks import STACK_REFERENCE, OtherStacks
from pulumi_rampart.testing.transforms import Transforms
from pulumi_rampart.testing.wire import (
    UNKNOWN,
    for_provider,
    is_secret,
    masked,
    opened,
    plain,
    secret,
    struct,
)


class Resources:
    """The resources of one recording."""

    def __init__(
        self,
        run: Run,
        cloud: Cloud,
        *,
        providers: Providers,
        transforms: Transforms,
        hooks: Hooks,
        stacks: OtherStacks,
    ) -> None:
        self._run, self._cloud, self._stacks = run, cloud, stacks
        self._providers, self._transforms, self._hooks = providers, transforms, hooks
        self._lock = threading.Lock()
        self._claimed: set[str] = set()
        self._states: dict[str, Created] = {}
        self._after: dict[str, list[str]] = {}
        self.recorded: dict[str, Resource] = {}
        self.outputs: dict[str, dict[str, Any]] = {}
        """Of components and of the stack, by URN."""

    def state(self, urn: str) -> Created | None:
        """Return id and outputs of a resource, as the program sees them; None if there is none."""
        return self._states.get(urn)

    def prepare(self, request: resource_pb2.RegisterResourceRequest) -> None:
        """Run transforms, and hand on what a parent hands on."""
        parent = self.recorded.get(request.parent)
        options.inherit(request, parent.options if parent else {})
        self._transforms.apply(request)
        self._providers.resolve(request)

    def register(
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        """Record a prepared registration and let the cloud create the resource."""
        urn = self._claim(request.parent, request.type, request.name)
        wire = for_provider(plain(request.object)) if request.custom else plain(request.object)
        self._transforms.settle(urn, request)
        self._providers.settle(urn, request, wire)
        if request.type == STACK:
            return resource_pb2.RegisterResourceResponse(urn=urn)
        asked = self._asked(urn, request, opened(wire))
        self._hooks.run(request.hooks.before_create, urn, wire)
        id_, more = self._hooks.created(
            request.hooks.on_error, urn, wire, lambda: self._create(asked)
        )
        state = wire | _kept_secret(more, wire, request.additionalSecretOutputs)
        self.recorded[urn] = asked.recorded(inputs=masked(wire), outputs=masked(state), id_=id_)
        seen = state | self._made_up(asked, state, remote=request.remote)
        self._states[urn] = id_, seen
        if request.custom:
            self._hooks.run(request.hooks.after_create, urn, wire, id=id_, outputs=state)
        else:
            self._after[urn] = list(request.hooks.after_create)
        # The engine answers a component of the program's own without outputs: they come later.
        answered = seen if request.custom or request.remote else {}
        return resource_pb2.RegisterResourceResponse(urn=urn, id=id_, object=struct(answered))

    def read(self, request: resource_pb2.ReadResourceRequest) -> resource_pb2.ReadResourceResponse:
        """Answer `Resource.get`: what is read exists already, so nothing is created."""
        urn = self._claim(request.parent, request.type, request.name)
        wire = for_provider(plain(request.properties))
        asked = self._asked(urn, request, opened(wire))
        known = request.id not in {"", UNKNOWN}
        id_, more = self._look_up(asked) if known else ("", {})
        state = wire | _kept_secret(more, wire, request.additionalSecretOutputs)
        self.recorded[urn] = asked.recorded(
            inputs=masked(wire), outputs=masked(state), id_=id_, external=True
        )
        seen = state | (answers.completed(self._cloud, asked, state) if known else {})
        self._states[urn] = id_, seen
        return resource_pb2.ReadResourceResponse(urn=urn, id=id_, properties=struct(seen))

    def take_outputs(self, request: resource_pb2.RegisterResourceOutputsRequest) -> None:
        """Keep what a component or the stack exports."""
        wire = plain(request.outputs)
        self.outputs[request.urn] = masked(wire)
        if request.urn in self._states:
            self._states[request.urn] = self._states[request.urn][0], wire
            inputs = self.recorded[request.urn].inputs
            self._hooks.run(self._after.pop(request.urn, []), request.urn, inputs, outputs=wire)

    def _claim(self, parent: str, type_: str, name: str) -> str:
        urn = self._run.urn(parent, type_, name)
        with self._lock:
            if urn in self._claimed:
                raise ValueError(f"Duplicate resource URN '{urn}'; try giving it a unique name")
            self._claimed.add(urn)
        return urn

    def _asked(
        self,
        urn: str,
        request: resource_pb2.RegisterResourceRequest | resource_pb2.ReadResourceRequest,
        inputs: dict[str, Any],
    ) -> Registration:
        created = isinstance(request, resource_pb2.RegisterResourceRequest)
        of_keys: Any = request.propertyDependencies if created else {}
        return Registration(
            urn=urn,
            type=request.type,
            name=request.name,
            parent=request.parent,
            custom=request.custom if created else True,
            inputs=inputs,
            dependencies=sorted(request.dependencies),
            property_dependencies={
                key: sorted(each.urns) for key, each in sorted(of_keys.items()) if each.urns
            },
            options=options.recorded(request) if created else {},
            provider=urn_of(request.provider),
            region=self._providers.region(request.type, request.provider, inputs),
            id=request.importId if created else request.id,
            source_position=position(request.sourcePosition, self._run.folder),
            stack_trace=trace(request.stackTrace, self._run.folder),
        )

    def _create(self, asked: Registration) -> Created:
        """Ask the cloud; a preview creates nothing, and the SDK takes what is absent as unknown."""
        if not asked.custom:
            return "", {}
        if asked.id:
            return self._look_up(asked)
        if self._run.preview:
            return "", {}
        if is_provider(asked.type):
            return str(uuid.uuid5(uuid.NAMESPACE_URL, asked.urn)), {}
        return answers.created(self._cloud, asked)

    def _look_up(self, asked: Registration) -> Created:
        if asked.type == STACK_REFERENCE:
            return asked.id, self._stacks.outputs(asked.id)
        return answers.read(self._cloud, asked)

    def _made_up(
        self, asked: Registration, state: dict[str, Any], *, remote: bool
    ) -> dict[str, Any]:
        if self._run.preview or is_provider(asked.type) or not (asked.custom or remote):
            return {}
        return answers.completed(self._cloud, asked, state)


def _kept_secret(
    more: dict[str, Any],
    wire: dict[str, Any],
    declared: Any,  # noqa: ANN401  # protobuf's list
) -> dict[str, Any]:
    """Return a cloud's outputs; a secret stays one on its way back, as providers declare them."""
    return {
        key: secret(value) if key in declared and not is_secret(value) else value
        for key, value in more.items()
        if not is_secret(wire.get(key))
    }
