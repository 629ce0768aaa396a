"""What a route of a REST API is, and what API Gateway takes as one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, NotRequired, TypedDict

from pulumi_rampart.api.handler import ApiHandler
from pulumi_rampart.api.paths import with_prefixes
from pulumi_rampart.arguments import Json, OneOf, Problem

# https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings-method-request.html
METHODS = ("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
METHODS_WITH_BODY = ("PATCH", "POST", "PUT")
# https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
INTEGRATION_TIMEOUT_SECONDS = 29
# https://docs.aws.amazon.com/apigateway/latest/api/API_CreateModel.html
MAX_SCHEMA_BYTES = 400 * 1024
# In the words of the service: "Resource's path part only allow a-zA-Z0-9._-: and curly braces at
# the beginning and the end"; the dollar sign is taken too, as the CDK's own check has it.
# https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-apigateway/lib/resource.ts
_SEGMENT = re.compile(r"[A-Za-z0-9._:$-]+|\{[A-Za-z0-9._:$-]+\+?\}")


@dataclass(frozen=True)
class RoutePath:
    """A path of segments; a parameter is a whole segment in braces."""

    def problem(self, value: str) -> str | None:
        """Judge a path."""
        if value == "/":
            return None
        if not value.startswith("/"):
            return "a path begins with a slash: /notes/{note_id}."
        return _of_segments(value[1:].split("/"))


def _of_segments(segments: Sequence[str]) -> str | None:
    if "" in segments:
        return "API Gateway has no empty segments; leave out the slash that is too many."
    for segment in segments:
        if not _SEGMENT.fullmatch(segment):
            return (
                f"API Gateway refuses the segment {segment!r}: a segment has letters, digits and "
                ". _ : $ - only, and a parameter is a whole segment in braces, {note_id}."
            )
    if any(is_greedy(segment) for segment in segments[:-1]):
        return "a greedy parameter takes all that follows; it has to be the last segment."
    names = parameters("/".join(segments))
    if len(set(names)) < len(names):
        return "two parameters have one name, and a function sees one value; name them apart."
    return None


@dataclass(frozen=True)
class BodySchema(Json):
    """A JSON Schema of a size that API Gateway takes."""

    remedy: str = 'write a schema such as {"type": "object"}.'

    def problem(self, value: str) -> str | None:
        """Judge a schema."""
        if (size := len(value.encode())) > MAX_SCHEMA_BYTES:
            return f"API Gateway takes {MAX_SCHEMA_BYTES} bytes, not {size}; shorten the schema."
        return super().problem(value)


class Route(TypedDict):
    """One method of one path."""

    method: Annotated[str, OneOf(METHODS, "ANY stands for those that the path has not.")]
    """HTTP method in capitals, or ANY."""
    path: Annotated[str, RoutePath()]
    """Path with parameters in braces, `/crud/{document_id}`; `{proxy+}` takes all that follows."""
    handler: ApiHandler
    """Who answers."""
    schema: NotRequired[Annotated[str, BodySchema()]]
    """JSON Schema (draft 4), at most 400 KB, that API Gateway holds the body to. Default any JSON
    object."""
    body: NotRequired[bool]
    """Whether requests have a body. Default true for PATCH, POST and PUT."""
    large_body: NotRequired[bool]
    """Whether bodies may have more than 8 KB, of which the firewall then reads the beginning only.
    Default false: it refuses them."""


def large_bodies(routes: Sequence[Route], stage: str) -> list[str]:
    """Return a pattern for each path, as the firewall sees it, whose bodies may be large."""
    paths = dict.fromkeys(route["path"] for route in routes if route.get("large_body"))
    return [f"^/{stage}{_pattern(path)}/?$" for path in paths]


def _pattern(path: str) -> str:
    segments = path.split("/")
    return "/".join(
        (".+" if is_greedy(one) else "[^/]+") if one.startswith("{") else re.escape(one)
        for one in segments
    )


def route_problems(routes: Sequence[Route], *, answers_preflight: bool) -> list[Problem]:
    """Return what is wrong with routes in relation to each other, the API and their functions.

    Args:
        routes: of one API, each checked by itself already.
        answers_preflight: whether the API answers OPTIONS requests of browsers itself.
    """
    if not routes:
        return [Problem(("routes",), "API Gateway deploys no API without methods; add a route.")]
    found: list[Problem] = []
    known: dict[tuple[str, str], int] = {}
    for n, route in enumerate(routes):
        one = (route["method"], route["path"])
        if one in known:
            text = f"{' '.join(one)} is `routes[{known[one]}]` already; keep one of the two."
            found.append(Problem(("routes", n), text))
        known.setdefault(one, n)
        found += _problems_of(n, route, answers_preflight=answers_preflight)
    return [*found, *_parameters_in_one_place(routes)]


def _parameters_in_one_place(routes: Sequence[Route]) -> Iterator[Problem]:
    """Yield where API Gateway would say that a sibling already has a variable path part."""
    parameter_in: dict[str, tuple[str, str]] = {}
    for n, route in enumerate(routes):
        for part in with_prefixes(route["path"]):
            above, _, segment = part.rpartition("/")
            if not segment.startswith("{"):
                continue
            other, others_path = parameter_in.setdefault(above, (segment, route["path"]))
            if other != segment:
                yield Problem(
                    ("routes", n, "path"),
                    f"after {above or '/'} stands {segment} here and {other} in {others_path}; API "
                    "Gateway takes one parameter there. Name it alike in both.",
                    repr(route["path"]),
                )


def _problems_of(n: int, route: Route, *, answers_preflight: bool) -> Iterator[Problem]:
    seconds = route["handler"]["timeout_seconds"]
    # One that another stack or language computes is not known yet.
    if isinstance(seconds, int) and seconds >= INTEGRATION_TIMEOUT_SECONDS:
        yield Problem(
            ("routes", n, "handler", "timeout_seconds"),
            f"API Gateway gives up after {INTEGRATION_TIMEOUT_SECONDS} s and nobody would see the "
            f"answer; set `timeout_seconds` of the function to at most "
            f"{INTEGRATION_TIMEOUT_SECONDS - 1}.",
            str(seconds),
        )
    if route["method"] == "OPTIONS" and answers_preflight:
        yield Problem(
            ("routes", n, "method"),
            "OPTIONS is answered by the API itself because of `allowed_origin`; leave one out.",
            repr(route["method"]),
        )
    if "schema" in route and not has_body(route):
        yield Problem(
            ("routes", n, "schema"),
            "nothing would be held to it, for the route has no body; set `body` to true, or leave "
            "`schema` out.",
        )


def has_body(route: Route) -> bool:
    """Tell whether requests of the route have a body."""
    return route.get("body", route["method"] in METHODS_WITH_BODY)


def is_greedy(segment: str) -> bool:
    """Tell whether a segment is a parameter that takes all that follows."""
    return segment.endswith("+}")


def parameters(path: str) -> list[str]:
    """Return the names in braces."""
    return [part[1:-1].rstrip("+") for part in path.split("/") if part.startswith("{")]


def method_arn_part(route: Route) -> str:
    """Return the route as execution ARNs have it: any value for a parameter, any method for ANY."""
    method = "*" if route["method"] == "ANY" else route["method"]
    segments = ("*" if part.startswith("{") else part for part in route["path"].split("/"))
    return f"/*/{method}{'/'.join(segments)}"
