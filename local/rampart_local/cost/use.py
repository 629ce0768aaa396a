"""What a thousand requests of a route, or a thousand messages of a queue, cost.

A function's time is not in a graph: it is assumed, the same for all, and the report says how long.
What the functions it may invoke take is counted once for each; models outside AWS are not counted.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pulumi_rampart.testing import Graph
from rampart_local.cost.prices import Prices

SECONDS = 1.0
THOUSAND, MILLION = 1000, 1_000_000
FUNCTION = "aws:lambda/function:Function"
_CALLED = re.compile(r"functions/(?P<arn>arn:aws[^/]+)/invocations$")


@dataclass(frozen=True)
class Use:
    """One way in which a stack is used."""

    what: str
    """`POST /chat` or the name of a queue's mapping."""
    functions: tuple[str, ...]
    """Logical names of the functions that run."""
    usd_per_1000: float


def uses(graph: Graph, prices: Prices, seconds: float = SECONDS) -> tuple[Use, ...]:
    """Return the cost of each route and of each queue.

    Args:
        graph: a recorded stack.
        prices: of its region.
        seconds: how long every function is assumed to run.
    """
    return (*_routes(graph, prices, seconds), *_queues(graph, prices, seconds))


def _routes(graph: Graph, prices: Prices, seconds: float) -> Iterator[Use]:
    paths = {one.id: one.inputs.get("pathPart", "") for one in _of(graph, "Resource")}
    parents = {one.id: one.inputs.get("parentId") for one in _of(graph, "Resource")}
    behind = _function_of(
        graph, [one.inputs.get("authorizerUri") for one in _of(graph, "Authorizer")]
    )
    each = (prices["api_requests_million"] + prices["waf_requests_million"]) / MILLION
    for one in sorted(_of(graph, "Integration"), key=lambda one: one.name):
        called = _function_of(graph, [one.inputs.get("uri")])
        if not called:
            continue
        path, at = "", one.inputs.get("resourceId")
        while at in paths:
            path, at = f"/{paths[at]}{path}", parents[at]
        ran = _with_invoked(graph, [*behind[:1], *called])
        cost = each + sum(_run(graph, name, prices, seconds) for name in ran)
        yield Use(f"{one.inputs['httpMethod']} {path or '/'}", ran, round(cost * THOUSAND, 4))


def _queues(graph: Graph, prices: Prices, seconds: float) -> Iterator[Use]:
    by_arn = {one.outputs.get("arn"): one.name for one in graph.of(FUNCTION)}
    # Sent, received and deleted.
    message = 3 * prices["sqs_requests_million"] / MILLION
    kind = "aws:lambda/eventSourceMapping:EventSourceMapping"
    for one in sorted(graph.of(kind), key=lambda one: one.name):
        name = by_arn.get(one.inputs.get("functionName"))
        if name:
            ran = _with_invoked(graph, [name])
            cost = message + sum(_run(graph, each, prices, seconds) for each in ran)
            yield Use(f"message of {one.name}", ran, round(cost * THOUSAND, 4))


def _of(graph: Graph, kind: str) -> list[Any]:
    return list(graph.of(f"aws:apigateway/{kind[0].lower()}{kind[1:]}:{kind}"))


def _function_of(graph: Graph, uris: list[str | None]) -> list[str]:
    by_arn = {one.outputs.get("arn"): one.name for one in graph.of(FUNCTION)}
    arns = [found["arn"] for uri in uris if uri and (found := _CALLED.search(uri))]
    return [by_arn[arn] for arn in arns if arn in by_arn]


def _with_invoked(graph: Graph, names: list[str]) -> tuple[str, ...]:
    """Return the functions and those that their roles may invoke."""
    by_arn = {one.outputs.get("arn"): one.name for one in graph.of(FUNCTION)}
    ran = dict.fromkeys(names)
    for policy in graph.of("aws:iam/rolePolicy:RolePolicy"):
        if policy.name.removesuffix("-role-policy") in names:
            for statement in json.loads(policy.inputs["policy"])["Statement"]:
                if "lambda:InvokeFunction" in statement["Action"]:
                    ran |= dict.fromkeys(
                        by_arn[arn] for arn in statement["Resource"] if arn in by_arn
                    )
    return tuple(ran)


def _run(graph: Graph, name: str, prices: Prices, seconds: float) -> float:
    inputs = graph.one(FUNCTION, name).inputs
    architecture = (inputs.get("architectures") or ["x86_64"])[0]
    gigabytes = float(inputs.get("memorySize", 128)) / 1024
    compute = gigabytes * seconds * prices[f"lambda_gb_second_{architecture}"]
    return compute + prices["lambda_requests_million"] / MILLION
