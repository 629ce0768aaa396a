"""Which provider a resource has, and in which region it is.

Source: pulumi/pulumi, pkg/resource/deploy/source_eval.go, `resolveProvider`.
"""

# The SDK's stubs are partly unknown to the type checker (`request.providers`).
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

import threading
from collections.abc import Mapping
from typing import Any

from pulumi.runtime.proto import resource_pb2

from pulumi_rampart.testing.cloud import REGION

_PROVIDER = "pulumi:providers:"

# Packages whose resources are always in some region.
_WITH_REGIONS = {"aws", "aws-native", "awsx"}


def is_provider(type_: str) -> bool:
    """Tell whether a type is that of an explicit provider, e.g. `pulumi:providers:aws`."""
    return type_.startswith(_PROVIDER)


def package(token: str) -> str:
    """Return the package of a type or function, e.g. `aws`."""
    return token.removeprefix(_PROVIDER).split(":")[0]


class Providers:
    """The explicit providers of a program and what components hand on to their children.

    Args:
        config: of the stack; `aws:region` is the region of the default provider.
    """

    def __init__(self, config: Mapping[str, str]) -> None:
        self._config = config
        self._lock = threading.Lock()
        self._regions: dict[str, Any] = {}
        self._of_components: dict[str, dict[str, str]] = {}

    def resolve(self, request: resource_pb2.RegisterResourceRequest) -> None:
        """Put the provider that applies to a registration into it: its own, or its parent's."""
        with self._lock:
            handed_on = self._of_components.get(request.parent, {})
        if not request.custom:
            for name, reference in handed_on.items():
                if name not in request.providers:
                    request.providers[name] = reference
        if (request.custom or request.remote) and not request.provider:
            wanted = package(request.type)
            own = dict(request.providers)
            request.provider = own.get(wanted) or handed_on.get(wanted, "")

    def settle(
        self, urn: str, request: resource_pb2.RegisterResourceRequest, inputs: dict[str, Any]
    ) -> None:
        """Keep a provider's region, and what a component hands on."""
        with self._lock:
            if is_provider(request.type):
                self._regions[urn] = inputs.get("region")
            if not request.custom and request.providers:
                self._of_components[urn] = dict(request.providers)

    def region(self, token: str, reference: str, inputs: Mapping[str, Any]) -> str:
        """Return the region of a resource or of a function's answer.

        Args:
            token: its type or the function's token.
            reference: of the provider; empty for the default one.
            inputs: whose `region` comes first.
        """
        name = package(token)
        own, of_provider = inputs.get("region"), self._regions.get(urn_of(reference))
        region = own or of_provider or self._config.get(f"{name}:region")
        return str(region or (REGION if name in _WITH_REGIONS else ""))


def urn_of(reference: str) -> str:
    """Return the URN of a provider reference, which is `<urn>::<id>`."""
    return reference.rpartition("::")[0]
