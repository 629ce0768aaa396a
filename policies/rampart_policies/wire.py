"""Pulumi's wire format: values in envelopes that say what they are.

https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go
"""

from collections.abc import Mapping
from typing import Any, cast

from rampart_policies.values import SECRET

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105  # a kind of value, no secret


def masked(value: Any) -> Any:  # noqa: ANN401  # wire values are any JSON
    """Return a wire value with every envelope, and the secret in it, replaced by a mark."""
    if isinstance(value, Mapping):
        fields = cast("Mapping[str, Any]", value)
        if fields.get(SIGNATURE) == SECRET_SIGNATURE:
            return SECRET
        return {key: masked(one) for key, one in fields.items()}
    if isinstance(value, list):
        return [masked(one) for one in cast("list[Any]", value)]
    return value
