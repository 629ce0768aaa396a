"""The operations of an API and their authorization, in whichever form the program declares them.

Methods and routes as resources, operations of an OpenAPI document, the one route of an API made by
quick create, the `$connect` of a WebSocket API.
"""

from collections.abc import Iterator

from rampart_policies import aws
from rampart_policies.apis import is_websocket
from rampart_policies.graph import Graph, Resource
from rampart_policies.openapi import operations
from rampart_policies.values import NotApplicableError, UndecidedError

OPERATIONS = (
    aws.API_METHOD,
    aws.API_STAGE,
    aws.HTTP_API,
    aws.HTTP_API_ROUTE,
    aws.HTTP_API_STAGE,
    aws.REST_API,
    aws.REST_API_BODY,
)
"""Resources that declare operations, or publish those of an API declared elsewhere."""

_AUTHORIZERS = (aws.API_AUTHORIZER, aws.HTTP_API_AUTHORIZER)
_WITH_AUTHORIZER = {"CUSTOM", "COGNITO_USER_POOLS", "JWT"}
_ANYONE = "anyone on the internet may call it"


def open_operations(resource: Resource, graph: Graph) -> Iterator[str]:
    """Yield why anyone may call it, for each operation that the resource declares.

    Raises:
        NotApplicableError: it declares none, or only those that need no credentials.
        UndecidedError: its operations are unknown, or declared outside this stack.
    """
    if resource.type == aws.API_METHOD:
        yield from _method(resource, graph)
    elif resource.type == aws.HTTP_API_ROUTE:
        yield from _route(resource, graph)
    elif resource.type in {aws.API_STAGE, aws.HTTP_API_STAGE}:
        _stage(resource, graph)
    else:
        yield from _api(resource, graph)


def _method(method: Resource, graph: Graph) -> Iterator[str]:
    verb = method.text("httpMethod") or ""
    if verb == "OPTIONS":  # a preflight request carries no credentials (Fetch standard)
        raise NotApplicableError
    kind = method.text("authorization") or "NONE"
    yield from _asked(method, f"authorization of {verb}", kind, graph)


def _route(route: Resource, graph: Graph) -> Iterator[str]:
    key = route.text("routeKey") or ""
    verb, _, path = key.partition(" ")
    if verb == "OPTIONS":
        raise NotApplicableError
    kind = route.text("authorizationType") or "NONE"
    # A WebSocket API asks once, when a client connects; its other routes cannot ask.
    # https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
    if not path and key not in {"$connect", "$default"}:
        raise NotApplicableError
    if key == "$default" and kind == "NONE" and is_websocket(route, graph):
        raise NotApplicableError
    yield from _asked(route, f"authorizationType of {key}", kind, graph)


def _asked(operation: Resource, what: str, kind: str, graph: Graph) -> Iterator[str]:
    if kind == "NONE":
        yield f"{what} is NONE: {_ANYONE}"
    elif kind in _WITH_AUTHORIZER and not (
        graph.targets(operation, "authorizerId", _AUTHORIZERS) or operation.has("authorizerId")
    ):
        yield f"{what} is {kind}, but no authorizer is given"


def _stage(stage: Resource, graph: Graph) -> None:
    rest = stage.type == aws.API_STAGE
    kind, path = (aws.REST_API, "restApi") if rest else (aws.HTTP_API, "apiId")
    if graph.targets(stage, path, kind):
        raise NotApplicableError  # its methods and routes are judged
    raise UndecidedError(path, "names an API outside this stack, whose routes are not known here")


def _api(api: Resource, graph: Graph) -> Iterator[str]:
    judged = False
    if api.type == aws.HTTP_API and api.has("target"):
        judged = True
        yield f"target makes a route without authorizer (quick create): {_ANYONE}"
    for operation in operations(api):
        judged = True
        if (reason := operation.who_is_asked()) is not None:
            yield f"{reason} for {operation.name} in body: {_ANYONE}"
    if judged:
        return
    if api.type == aws.REST_API_BODY or graph.referrers(api, aws.REST_API_BODY, "restApiId"):
        raise NotApplicableError  # a document of preflight requests, or one that stands beside
    rest = api.type == aws.REST_API
    kind, path = (aws.API_METHOD, "restApi") if rest else (aws.HTTP_API_ROUTE, "apiId")
    routes = graph.referrers(api, kind, path)
    if not rest and api.text("protocolType") == "WEBSOCKET":
        keys = [route.text("routeKey") for route in graph.every_referrer(api, kind, path)]
        if keys and "$connect" not in keys:
            yield "no route $connect: anyone on the internet may open a connection"
            return
    published = graph.referrers(api, aws.API_STAGE if rest else aws.HTTP_API_STAGE, path)
    if published and not routes:
        raise UndecidedError("its routes", "stand outside this stack")
    raise NotApplicableError
