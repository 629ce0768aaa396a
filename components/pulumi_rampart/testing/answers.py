"""Asks a cloud and checks what it answers, so that a wrong answer is an error that names both."""

from collections.abc import Mapping
from typing import Any, cast

from google.protobuf import json_format

from pulumi_rampart.testing.cloud import Cloud, Regional
from pulumi_rampart.testing.graph import Registration
from pulumi_rampart.testing.wire import struct


class CloudAnswerError(Exception):
    """A cloud answered in a shape that no provider would."""


def created(cloud: Cloud, asked: Registration) -> tuple[str, dict[str, Any]]:
    """Let the cloud create a resource.

    Raises:
        CloudAnswerError: the answer is no id and outputs.
    """
    return _settled(cloud.create(asked), cloud, "create", asked)


def read(cloud: Cloud, asked: Registration) -> tuple[str, dict[str, Any]]:
    """Let the cloud look up a resource that exists already.

    Raises:
        CloudAnswerError: the cloud cannot, or the answer is no id and outputs.
    """
    look_up = getattr(cloud, "read", None)
    if look_up is None:
        raise CloudAnswerError(
            f"The program reads {asked.type} {asked.name!r} ({asked.id}), which exists already, "
            f"and {type(cloud).__name__} has no read(registration). Give it one that returns the "
            "id and the outputs, as create() does."
        )
    id_, outputs = _settled(look_up(asked), cloud, "read", asked)
    return id_ or asked.id, outputs


def completed(cloud: Cloud, asked: Registration, outputs: dict[str, Any]) -> dict[str, Any]:
    """Return what stands in for the outputs that nobody answered, if the cloud makes any up."""
    complete = getattr(cloud, "complete", None)
    return complete(asked, outputs) if complete else {}


def called(
    cloud: Cloud, token: str, arguments: dict[str, Any], *, region: str = ""
) -> dict[str, Any]:
    """Let the cloud answer a provider function.

    Raises:
        CloudAnswerError: the answer is no mapping that JSON can carry.
    """
    there = cloud.in_region(region) if region and isinstance(cloud, Regional) else cloud
    answer = there.call(token, arguments)
    what = f"{type(cloud).__name__}.call({token!r})"
    return _carried(answer, what, "a dict with the function's results by their wire names")


def _settled(
    answer: object, cloud: Cloud, method: str, asked: Registration
) -> tuple[str, dict[str, Any]]:
    what = f"{type(cloud).__name__}.{method}({asked.type} {asked.name!r})"
    wanted = "a tuple of the id, a str, and a dict of outputs by their wire names"
    parts = list(cast("tuple[Any, ...]", answer)) if isinstance(answer, tuple) else list[Any]()
    if len(parts) != 2 or not isinstance(parts[0], str):  # noqa: PLR2004  # id and outputs
        raise CloudAnswerError(f"{what} returned {_short(answer)}; it has to return {wanted}.")
    return parts[0], _carried(parts[1], what, wanted)


def _carried(answer: object, what: str, wanted: str) -> dict[str, Any]:
    if not isinstance(answer, Mapping):
        raise CloudAnswerError(f"{what} returned {_short(answer)}; it has to return {wanted}.")
    values = cast("Mapping[Any, Any]", answer)
    for key, value in values.items():
        try:
            struct({key: value})
        except (TypeError, ValueError, json_format.ParseError) as error:
            raise CloudAnswerError(
                f"{what} returned {key!r}: {_short(value)}, which JSON cannot carry. Values are "
                "str, int, float, bool, None, lists and dicts with str keys."
            ) from error
    return dict(values)


def _short(value: Any) -> str:  # noqa: ANN401  # whatever a cloud answers
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:200]}..."  # noqa: PLR2004  # a line or two
