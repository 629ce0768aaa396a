"""The Example in a component's docstring, as a program that can be recorded."""

import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pulumi_aws import apigateway

import pulumi_rampart
from pulumi_rampart.component import Component
from pulumi_rampart.functions.function import LambdaFunction
from pulumi_rampart.functions.zip_lambda import ZipLambda
from pulumi_rampart.messaging.queue import ObservedQueue
from tests.components.inside import BOUNDARY

Made = Callable[..., Component]


def example(component: type[Component], made: Made | None = None) -> Callable[[], None]:
    """Return the Example of a component, to be run inside a recording.

    Args:
        component: whose Example.
        made: called in place of the component.
    """
    found = re.search(r"Example:\n(.+)", component.__doc__ or "", re.DOTALL)
    assert found, f"{component.__name__} has no Example"
    source = textwrap.dedent(found.group(1))

    def program() -> None:
        exec(source, {**_given(source), component.__name__: made or component})  # noqa: S102  # ours

    return program


def arguments(component: type[Component]) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Return name, arguments and keywords that the Example makes the component with.

    Call it inside a recording: some are outputs.
    """
    calls: list[tuple[str, dict[str, Any], dict[str, Any]]] = []

    make = maker(component)

    def made(name: str, args: dict[str, Any], **more: Any) -> Component:  # noqa: ANN401  # any keyword
        calls.append((name, args, more))
        return make(name, args, **more)

    example(component, made)()
    return calls[0]


def components() -> list[type[Component]]:
    """Return every component of the library, those that are parts of others included."""
    root = str(Path(pulumi_rampart.__file__).parent)
    found: set[type[Component]] = set()
    for one in pkgutil.walk_packages([root], "pulumi_rampart."):
        if "__main__" not in one.name:
            classes = inspect.getmembers(importlib.import_module(one.name), inspect.isclass)
            found |= {member for _, member in classes if issubclass(member, Component)}
    return sorted(found - {Component, LambdaFunction}, key=lambda one: one.__name__)


def maker(component: type[Component]) -> Made:
    """Return the component as what is called with its name and arguments."""
    return component


def shape(component: type[Component]) -> Any:  # noqa: ANN401  # a TypedDict class
    """Return the TypedDict of a component's arguments."""
    return inspect.signature(component).parameters["args"].annotation


class _Given:
    """Something of which an Example only names attributes."""

    def __init__(self, **attributes: object) -> None:
        self.__dict__.update(attributes)


def _given(source: str) -> dict[str, object]:
    """Return what Examples take as given, made only where it is named."""
    logs = "arn:aws:logs:eu-central-1:123456789012:log-group:x"
    handler = {"name": "shop-hello", "invoke_arn": "arn:invoke", "timeout_seconds": 5}
    values: dict[str, object] = {
        "ObservedQueue": ObservedQueue,
        "boundary": _Given(args=BOUNDARY),
        "key": _Given(arn=BOUNDARY["key_arn"]),
        "logs": _Given(arn=logs, bucket="logs"),
        "vpc": _Given(id="vpc-1"),
        "subnet": _Given(id="subnet-1"),
        "table": _Given(id="rtb-1"),
        "gateway": _Given(id="igw-1"),
        "topic": _Given(arn=BOUNDARY["alarm_topic_arn"]),
        "stage": _Given(arn="arn:aws:apigateway:eu-central-1::/restapis/a/stages/v1"),
        "endpoints": _Given(service_security_group_id="sg-services"),
        "authorizer": _Given(handler=handler),
        "hello": _Given(handler=handler),
    }
    if "api=api" in source:
        api = apigateway.RestApi("given-api")
        values |= {"api": api, "method": api, "integration": api}
    if "queue.consume()" in source:
        values["queue"] = ObservedQueue(
            "given-jobs", {"boundary": BOUNDARY, "consumer_timeout_seconds": 60}
        )
    if "worker" in source:
        values["worker"] = _Consumer(
            "given-worker", {"boundary": BOUNDARY, "source": "functions/worker"}
        )
    return values


class _Consumer(ZipLambda):
    """A function that an Example declares elsewhere, with the permissions that it needs."""

    def may(self, wanted: object) -> bool:  # noqa: ARG002  # whatever it is
        """Stand for a function that lists what the Example gives it."""
        return True
