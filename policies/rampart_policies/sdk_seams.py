"""Two things that pulumi_policy 1.21 has no setting for: the marks of secrets, and a version.

The engine sends a marked value in an envelope. The SDK opens the envelopes before it calls a
policy, so a policy cannot tell a secret from a setting; a recorded graph shows the mark instead of
the value. Here the mark takes the value's place in what the engine sends, too.

The SDK gives 0.0.1 as the version of every pack, and its messages carry it.

Both replace names inside the SDK: tests/policies/test_crossguard.py asks a served pack for both.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from pulumi_policy import policy as sdk
from pulumi_policy.deserialize import SPECIAL_SECRET_SIG, SPECIAL_SIG_KEY

from rampart_policies.values import SECRET

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


def masked(value: Any) -> Any:  # noqa: ANN401  # wire values are any JSON
    """Return a wire value with every envelope, and the secret in it, replaced by a mark."""
    if isinstance(value, Mapping):
        fields = cast("Mapping[str, Any]", value)
        if fields.get(SPECIAL_SIG_KEY) == SPECIAL_SECRET_SIG:
            return SECRET
        return {key: masked(one) for key, one in fields.items()}
    if isinstance(value, list):
        return [masked(one) for one in cast("list[Any]", value)]
    return value


def _marking(deserialize: Deserialize) -> Deserialize:
    def marked(props: dict[str, Any], proxy_secrets: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002  # the SDK's signature
        return deserialize(props if proxy_secrets else masked(props), proxy_secrets)

    return marked
