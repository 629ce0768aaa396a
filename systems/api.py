"""What the APIs of all systems share: who may call them, from which web pages, and who checks."""

import pulumi
from pulumi import ResourceOptions

from pulumi_rampart import Boundary, Route, SecureApi, SecureApiArgs, ZipLambda
from systems.configuration import words


class ApiSettings:
    """Reads `Pulumi.<stack>.yaml`; every key is described there."""

    def __init__(self, config: pulumi.Config) -> None:
        origin = config.get("allowedOrigin")
        self.origins = [origin] if origin else []
        """Web origins whose pages may call the APIs and the buckets; at most one."""
        self.clients = words(config, "apiClients")

    @property
    def allowed_origins(self) -> str:
        """The variable by which a function knows them."""
        return ",".join(self.origins)


def routes(
    function: ZipLambda, *described: str, body: bool | None = None, large_body: bool = False
) -> list[Route]:
    """Return routes to one function, each described as `POST /upload`.

    `body` says whether requests have one, where the method alone does not tell; `large_body` that
    it may have more than 8 KB.
    """
    made: list[Route] = []
    for one in described:
        method, path = one.split(" ")
        route: Route = {"method": method, "path": path, "handler": function.handler}
        if body is not None:
            route["body"] = body
        if large_body:
            route["large_body"] = True
        made.append(route)
    return made


def rest_api(
    name: str,
    boundary: Boundary,
    settings: ApiSettings,
    *,
    description: str,
    authorizer: ZipLambda,
    routes: list[Route],
    opts: ResourceOptions,
) -> SecureApi:
    """Make a REST API in the way of this stack."""
    args: SecureApiArgs = {
        "boundary": boundary,
        "description": description,
        "authorizer": authorizer.handler,
        "routes": routes,
        "clients": settings.clients,
    }
    for origin in settings.origins:
        args["allowed_origin"] = origin
    return SecureApi(name, args, opts)
