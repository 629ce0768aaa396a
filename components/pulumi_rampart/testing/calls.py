"""Functions that a program calls: the engine's own, the providers', and methods of resources."""

from collections.abc import Callable
from typing import Any

from pulumi.runtime.proto import provider_pb2, resource_pb2

from pulumi_rampart.testing import answers
from pulumi_rampart.testing.cloud import Cloud
from pulumi_rampart.testing.providers import Providers
from pulumi_rampart.testing.stacks import OtherStacks
from pulumi_rampart.testing.transforms import Transforms
from pulumi_rampart.testing.wire import opened, plain, struct

_GET_RESOURCE = "pulumi:pulumi:getResource"
_READ_STACK_OUTPUTS = "pulumi:pulumi:readStackOutputs"


class Calls:
    """Answers what is asked by name.

    Args:
        cloud: asked for the functions of providers.
        state: returns id and outputs of a registered resource, or None.
    """

    def __init__(
        self,
        cloud: Cloud,
        providers: Providers,
        transforms: Transforms,
        stacks: OtherStacks,
        state: Callable[[str], tuple[str, dict[str, Any]] | None],
    ) -> None:
        self._cloud, self._providers, self._transforms = cloud, providers, transforms
        self._stacks, self._state = stacks, state

    def invoke(
        self, request: resource_pb2.ResourceInvokeRequest
    ) -> resource_pb2.ResourceInvokeResponse:
        """Answer a function; what the cloud leaves out of its arguments is repeated."""
        self._transforms.apply_to_call(request)
        wire = plain(request.args)
        if request.tok == _GET_RESOURCE:
            return _answer(self._resource(wire["urn"]))
        arguments = opened(wire)
        if request.tok == _READ_STACK_OUTPUTS:
            return _answer(self._stacks.outputs(arguments["name"]))
        region = self._providers.region(request.tok, request.provider, arguments)
        return _answer(
            arguments | answers.called(self._cloud, request.tok, arguments, region=region)
        )

    def ask(self, request: resource_pb2.ResourceCallRequest) -> provider_pb2.CallResponse:
        """Answer a method of a resource whose provider does not run here."""
        answer = answers.called(self._cloud, request.tok, opened(plain(request.args)))
        response = provider_pb2.CallResponse()
        getattr(response, "return").CopyFrom(struct(answer))  # a keyword, so no field
        return response

    def _resource(self, urn: str) -> dict[str, Any]:
        """Return what a resource reference stands for.

        Raises:
            LookupError: no such resource is registered.
        """
        found = self._state(urn)
        if found is None:
            raise LookupError(f"The program refers to {urn}, which it has not registered.")
        return {"urn": urn, "id": found[0], "state": found[1]}


def _answer(values: dict[str, Any]) -> resource_pb2.ResourceInvokeResponse:
    response = resource_pb2.ResourceInvokeResponse()
    getattr(response, "return").CopyFrom(struct(values))  # a keyword, so no field
    return response
