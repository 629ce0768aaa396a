"""Stages, their settings and the forms of an API: shared by the rules about APIs."""

from collections.abc import Iterator

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.values import Block, NotApplicableError, UndecidedError

EVERY_METHOD = "*/*"

MADE_BY_AWS = (aws.HTTP_API, aws.API_DEPLOYMENT)
"""Resources that make a stage by themselves, which the program cannot set up: see `made_stage`."""


def settings_of(stage: Resource, graph: Graph) -> list[Resource]:
    """Return the settings of a REST stage: of every method (`*/*`) and of single ones.

    Settings name their stage by API and stage name, which together are no identifier of it.
    """
    api = graph.target(stage, "restApi", aws.REST_API)
    candidates = (
        graph.every_referrer(api, aws.API_METHOD_SETTINGS, "restApi")
        if api
        else graph.every_referrer(stage, aws.API_METHOD_SETTINGS, "stageName")
    )
    return [settings for settings in candidates if _is_of(settings, stage)]


def of_every_method(settings: list[Resource]) -> list[Block]:
    """Return those that apply wherever no other do."""
    return [one.block("settings") for one in settings if one.text("methodPath") == EVERY_METHOD]


def of_single_methods(settings: list[Resource]) -> Iterator[tuple[str, Block]]:
    """Yield (method, its settings) for those that replace the general ones: `orders/GET`."""
    for one in settings:
        if (path := one.text("methodPath")) != EVERY_METHOD:
            yield path or "", one.block("settings")


def of_routes(stage: Resource) -> Iterator[tuple[str, Block]]:
    """Yield (route, its settings) of an HTTP or WebSocket stage."""
    for one in stage.blocks("routeSettings"):
        yield one.text("routeKey") or "", one


def has_limit(settings: Block, key: str) -> bool:
    """Whether a throttle is set; -1 is API Gateway's word for none, and the default of a method."""
    limit = settings.number(key)
    return limit is not None and limit >= 0


def made_stage(resource: Resource) -> str:
    """Return the name of the stage that AWS makes with an HTTP API or a deployment.

    An API made by `target` (quick create) has a stage `$default`; a deployment made with
    `stageName` (pulumi-aws 6) has that one. Neither can be given logs or limits.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html

    Raises:
        NotApplicableError: it makes none.
    """
    if resource.type == aws.HTTP_API and resource.has("target"):
        return "$default"
    if resource.type == aws.API_DEPLOYMENT and (name := resource.text("stageName")):
        return name
    raise NotApplicableError


def is_websocket(part: Resource, graph: Graph) -> bool:
    """Whether a stage or a route belongs to a WebSocket API.

    Raises:
        UndecidedError: the API is outside this stack.
    """
    api = graph.target(part, "apiId", aws.HTTP_API)
    if api is None:
        raise UndecidedError("apiId", "names an API outside this stack")
    return api.text("protocolType") == "WEBSOCKET"


def is_private(stage: Resource, graph: Graph) -> bool:
    """Whether the stage's API is only reached from inside a VPC."""
    return any(
        "PRIVATE" in api.block("endpointConfiguration").texts("types")
        for api in graph.targets(stage, "restApi", aws.REST_API)
    )


def _is_of(settings: Resource, stage: Resource) -> bool:
    if stage.urn in settings.property_dependencies.get("stageName", ()):
        return True
    return settings.text("stageName") == stage.text("stageName")
