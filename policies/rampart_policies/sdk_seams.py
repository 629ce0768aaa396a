"""What pulumi_policy 1.21 has no setting for: marks of secrets, a version, every declaration.

The engine sends a marked value in an envelope. The SDK opens the envelopes before it calls a
policy, so a policy cannot tell a secret from a setting; a recorded graph shows the mark instead of
the value. Here the mark takes the value's place in what the engine sends, too.

The SDK gives 0.0.1 as the version of every pack, and its messages carry it.

A policy on resources sees one type after the other, and one on the stack only what the provider
answers; what the program declares of every resource passes by in the SDK's own call alone.

All replace names inside the SDK: tests/policies/test_crossguard.py asks a served pack for them.
"""

from collections.abc import Callable
from typing import Any

from google.protobuf import json_format
from pulumi_policy import policy as sdk

from rampart_policies.wire import masked

Deserialize = Callable[..., dict[str, Any]]


def keep_marks() -> None:
    """Have pulumi_policy give a mark to policies wherever the engine sent an envelope.

    Remediations keep the envelopes, because what they return is deployed.
    """
    sdk.deserialize_properties = _marking(sdk.deserialize_properties)  # pyright: ignore[reportPrivateImportUsage]  # replaced here on purpose


def say_version(version: str) -> None:
    """Have the SDK give this version to the engine and in messages, not its own constant."""

    class Servicer(sdk._PolicyAnalyzerServicer):  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # as above
        def __init__(self, name: str, _: str, *rest: Any) -> None:  # noqa: ANN401  # passed on as given
            super().__init__(name, version, *rest)

    sdk._PolicyAnalyzerServicer = Servicer  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # as above


def remember_declarations(remember: Callable[[str, dict[str, Any]], None]) -> None:
    """Have the SDK tell of every resource what the program declares: (URN, masked properties)."""

    class Servicer(sdk._PolicyAnalyzerServicer):  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # as above
        def Analyze(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802  # gRPC's name and types
            properties = json_format.MessageToDict(request.properties)
            remember(request.urn, masked(properties))
            return super().Analyze(request, context)  # pyright: ignore[reportUnknownMemberType]  # untyped

    sdk._PolicyAnalyzerServicer = Servicer  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # as above


def _marking(deserialize: Deserialize) -> Deserialize:
    def marked(props: dict[str, Any], proxy_secrets: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002  # the SDK's signature
        return deserialize(props if proxy_secrets else masked(props), proxy_secrets)

    return marked
