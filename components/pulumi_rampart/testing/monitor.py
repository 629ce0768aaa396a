"""The engine's side: remembers each registration and asks the cloud to create it."""

import threading
from typing import Any

from google.protobuf import empty_pb2, json_format, struct_pb2
from pulumi.runtime import mocks, settings
from pulumi.runtime.proto import resource_pb2

from pulumi_rampart.testing.cloud import Cloud
from pulumi_rampart.testing.graph import Registration, Resource, envelope, is_secret, masked, opened

STACK = "pulumi:pulumi:Stack"

# Resource options that change what a deployment does, by their wire names.
_OPTIONS = (
    "additional_secret_outputs",
    "aliases",
    "deletedWith",
    "deleteBeforeReplace",
    "ignoreChanges",
    "importId",
    "protect",
    "replaceOnChanges",
    "retainOnDelete",
)


class RecordingMonitor(mocks.MockMonitor):
    """Stands in for the resource monitor; its methods are named by the engine's protocol."""

    def __init__(self, cloud: Cloud, *, preview: bool) -> None:
        super().__init__(_Unused())
        self._cloud, self._preview = cloud, preview
        self._claimed: set[str] = set()
        self._lock = threading.Lock()
        self.recorded: dict[str, Resource] = {}
        self.outputs: dict[str, dict[str, Any]] = {}
        """Of components and of the stack, by URN."""

    def make_urn(self, parent: str, type_: str, name: str) -> str:
        """Name a resource as the engine does: by its chain of parent types, without the stack's."""
        chain = parent.split("::")[2] if parent else ""
        qualified = type_ if chain in {"", STACK} else f"{chain}${type_}"
        return f"urn:pulumi:{settings.get_stack()}::{settings.get_project()}::{qualified}::{name}"

    def RegisterResource(  # noqa: N802  # the protocol's name
        self, request: resource_pb2.RegisterResourceRequest
    ) -> resource_pb2.RegisterResourceResponse:
        """Record the resource and let the cloud create it."""
        urn = self._claim(request.parent, request.type, request.name)
        if request.type == STACK:
            return resource_pb2.RegisterResourceResponse(urn=urn)
        wire = json_format.MessageToDict(request.object)
        asked = _registration(urn, request, wire)
        id_, more = self._create(asked)
        state: dict[str, Any] = wire | {
            # A secret stays one on its way back: the provider declares such outputs.
            key: envelope(value) if key in request.additionalSecretOutputs else value
            for key, value in more.items()
            if not is_secret(wire.get(key))
        }
        self.recorded[urn] = Resource(
            **{**vars(asked), "inputs": masked(wire)}, id=id_, outputs=masked(state)
        )
        return resource_pb2.RegisterResourceResponse(urn=urn, id=id_, object=_struct(state))

    def ReadResource(  # noqa: N802  # the protocol's name
        self, request: resource_pb2.ReadResourceRequest
    ) -> resource_pb2.ReadResourceResponse:
        """Answer `Resource.get`: what is read exists already, so nothing is created."""
        urn = self._claim(request.parent, request.type, request.name)
        return resource_pb2.ReadResourceResponse(urn=urn, properties=request.properties)

    def Invoke(  # noqa: N802  # the protocol's name
        self, request: resource_pb2.ResourceInvokeRequest
    ) -> resource_pb2.ResourceInvokeResponse:
        """Ask the cloud."""
        arguments = opened(json_format.MessageToDict(request.args))
        answer = self._cloud.call(request.tok, arguments)
        response = resource_pb2.ResourceInvokeResponse()
        getattr(response, "return").CopyFrom(_struct(arguments | answer))  # a keyword, so no field
        return response

    def RegisterResourceOutputs(  # noqa: N802  # the protocol's name
        self, request: resource_pb2.RegisterResourceOutputsRequest
    ) -> empty_pb2.Empty:
        """Keep what a component or the stack exports."""
        self.outputs[request.urn] = masked(json_format.MessageToDict(request.outputs))
        return empty_pb2.Empty()

    def _claim(self, parent: str, type_: str, name: str) -> str:
        urn = self.make_urn(parent, type_, name)
        with self._lock:
            if urn in self._claimed:
                raise ValueError(f"Duplicate resource URN '{urn}'; try giving it a unique name")
            self._claimed.add(urn)
        return urn

    def _create(self, asked: Registration) -> tuple[str, dict[str, Any]]:
        """Ask the cloud; a preview creates nothing, and the SDK takes what is absent as unknown."""
        if not asked.custom or self._preview:
            return "", {}
        return self._cloud.create(asked)


class _Unused(mocks.Mocks):
    """`MockMonitor` wants one; every method that would ask it is overridden above."""

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        raise NotImplementedError(args.typ)

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, Any], None]:
        raise NotImplementedError(args.token)


def _registration(
    urn: str, request: resource_pb2.RegisterResourceRequest, wire: dict[str, Any]
) -> Registration:
    fields = json_format.MessageToDict(request, preserving_proto_field_name=True)
    return Registration(
        urn=urn,
        type=request.type,
        name=request.name,
        parent=request.parent,
        custom=request.custom,
        inputs=opened(wire),
        dependencies=sorted(request.dependencies),
        property_dependencies={
            key: sorted(each.urns)
            for key, each in sorted(request.propertyDependencies.items())
            if each.urns
        },
        options={key: fields[key] for key in _OPTIONS if key in fields},
    )


def _struct(values: dict[str, Any]) -> struct_pb2.Struct:
    return json_format.ParseDict(values, struct_pb2.Struct())
