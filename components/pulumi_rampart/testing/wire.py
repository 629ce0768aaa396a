"""Values as Pulumi's protocol carries them: JSON in which a signature marks what JSON cannot say.

A secret is `{SIGNATURE: SECRET_MARK, "value": ...}`, an output value carries its dependencies, an
unknown value is a fixed text. Source: pulumi/pulumi, sdk/go/common/resource/plugin/rpc.go.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from google.protobuf import json_format, struct_pb2
from pulumi.runtime import rpc

SECRET = "[secret]"  # noqa: S105  # the mask, not a secret
UNKNOWN = rpc.UNKNOWN
"""What the engine sends in place of a value that a preview cannot know."""

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET_MARK = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105  # a public constant of the SDK
OUTPUT_MARK = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
RESOURCE_MARK = "5cf8f73096256a8f31e491e813e4eb8e"
_ASSETS = {"c44067f5952c0a294b673a41bacd8c17", "0def7320c3a5731c473e5ecbe6d01bc7"}


def plain(message: struct_pb2.Struct) -> dict[str, Any]:
    """Return a message's fields as JSON, signatures included."""
    return json_format.MessageToDict(message)


def struct(values: Mapping[str, Any]) -> struct_pb2.Struct:
    """Return JSON as a message."""
    return json_format.ParseDict(dict(values), struct_pb2.Struct())


def is_secret(value: object) -> bool:
    """Tell whether a value is in the secret envelope."""
    return _mark(value) == SECRET_MARK


def opened(value: Any) -> Any:  # noqa: ANN401  # wire values are any JSON
    """Take secrets out of their envelopes and turn whole floats back into ints."""
    return _walk(value, opened)


def masked(value: Any) -> Any:  # noqa: ANN401  # wire values are any JSON
    """Replace secrets by a mask and turn whole floats back into ints."""
    return _walk(value, lambda _: SECRET)


def secret(value: object) -> dict[str, object]:
    """Mark a value as secret: in `record(stack_references=...)` or in a cloud's answer."""
    return {SIGNATURE: SECRET_MARK, "value": value}


def holds_secret(value: object) -> bool:
    """Tell whether a secret is anywhere inside a value."""
    if is_secret(value):
        return True
    if isinstance(value, Mapping):
        return any(holds_secret(each) for each in cast("Mapping[str, Any]", value).values())
    return isinstance(value, list) and any(holds_secret(each) for each in cast("list[Any]", value))


def for_provider(value: Any) -> Any:  # noqa: ANN401  # wire values are any JSON
    """Replace resources by their ids, and components, which have none, by their URNs.

    So the engine does for every provider that accepts no resources; none of the bridged ones does.
    """
    if _mark(value) == RESOURCE_MARK:
        return value["id"] if "id" in value else value["urn"]
    return _each(value, for_provider)


def upgraded(value: Any) -> Any:  # noqa: ANN401  # wire values are any JSON
    """Turn secrets and unknown values into output values, the form in which transforms get them."""
    if value == UNKNOWN:
        return {SIGNATURE: OUTPUT_MARK}
    mark = _mark(value)
    if mark == SECRET_MARK:
        inner = upgraded(value["value"])
        if _mark(inner) == OUTPUT_MARK:
            return {**inner, "secret": True}
        return {SIGNATURE: OUTPUT_MARK, "value": inner, "secret": True}
    return _each(value, upgraded) if mark not in _ASSETS else value


def downgraded(value: Any) -> Any:  # noqa: ANN401  # wire values are any JSON
    """Turn output values into secrets, unknown or plain values: what a provider gets."""
    mark = _mark(value)
    if mark == OUTPUT_MARK:
        inner = downgraded(value["value"]) if "value" in value else UNKNOWN
        return secret(inner) if value.get("secret") and not is_secret(inner) else inner
    return _each(value, downgraded) if mark not in _ASSETS else value


def with_dependencies(value: Any, urns: Iterable[str]) -> Any:  # noqa: ANN401  # any JSON
    """Return a value as an output value that depends on these resources too."""
    wanted = set(urns)
    if wanted <= output_dependencies(value):
        return value
    output = value if _mark(value) == OUTPUT_MARK else {SIGNATURE: OUTPUT_MARK, "value": value}
    return {**output, "dependencies": sorted(wanted | set(output.get("dependencies", ())))}


def output_dependencies(value: Any) -> set[str]:  # noqa: ANN401  # wire values are any JSON
    """Return the URNs that the output values inside a value depend on."""
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, Any]", value)
        own = set(entries.get("dependencies", ())) if _mark(entries) == OUTPUT_MARK else set[str]()
        return own.union(*(output_dependencies(each) for each in entries.values()))
    if isinstance(value, list):
        return set[str]().union(*(output_dependencies(each) for each in cast("list[Any]", value)))
    return set()


def _mark(value: object) -> object:
    return cast("dict[str, Any]", value).get(SIGNATURE) if isinstance(value, dict) else None


def _each(value: Any, change: Callable[[Any], Any]) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, Mapping):
        return {key: change(each) for key, each in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list):
        return [change(each) for each in cast("list[Any]", value)]
    return value


def _walk(value: Any, on_secret: Callable[[Any], Any]) -> Any:  # noqa: ANN401  # any JSON
    if is_secret(value):
        return on_secret(value["value"])
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, Any]", value)
        # Assets, archives and resource references carry the signature as a key of their own.
        return {k: _walk(each, on_secret) for k, each in entries.items() if k != SIGNATURE}
    if isinstance(value, list | tuple):
        return [_walk(each, on_secret) for each in cast("list[Any]", value)]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
