"""The routes of an API: one resource a path, one method and integration a route, CORS a path.

Creates, in order:
    <name>-<path>                 aws.apigateway.Resource   each segment once
    <name>-<method>-<path>        aws.apigateway.Method     behind the authorizer
    <name>-<method>-<path>-call   aws.apigateway.Integration
    <name>-<method>-<path>-grant  aws.lambda.Permission     this route may call this function
    <name>-options-<path>*        the preflight answer of a path, if an origin is allowed
"""

from typing import NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import apigateway, lambda_

from pulumi_rampart._arguments import ArgumentError, require_match, require_one_of

METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
# https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
INTEGRATION_TIMEOUT_SECONDS = 29
ALLOWED_HEADERS = "Authorization,Content-Type,Idempotency-Key,If-Match,X-Api-Key"
EXPOSED_HEADERS = "ETag,Location,Retry-After"
PREFLIGHT_SECONDS = 600


class ApiHandler(TypedDict):
    """A function that answers requests."""

    name: Input[str]
    """Physical name."""
    invoke_arn: Input[str]
    """What API Gateway calls."""
    timeout_seconds: int
    """When the function gives up, which has to be before the API does."""


class Route(TypedDict):
    """One method of one path."""

    method: str
    """HTTP method."""
    path: str
    """Path with parameters in braces: `/crud/{document_id}`."""
    handler: ApiHandler
    """Who answers."""
    schema: NotRequired[str]
    """JSON Schema (draft 4) that API Gateway holds the body to. Default any JSON object."""
    body: NotRequired[bool]
    """Whether requests have a body. Default True for PATCH, POST and PUT."""


class RouteTable:
    """Makes the children of an API that stand for its routes."""

    def __init__(
        self,
        name: str,
        api: apigateway.RestApi,
        authorizer: apigateway.Authorizer,
        validator: apigateway.RequestValidator,
        *,
        allowed_origin: str | None,
        api_key_required: bool,
        opts: pulumi.ResourceOptions,
    ) -> None:
        self._name, self._api, self._opts = name, api, opts
        self._authorizer, self._validator = authorizer, validator
        self._allowed_origin, self._api_key_required = allowed_origin, api_key_required
        self._resource_ids: dict[str, Input[str]] = {"": api.root_resource_id}
        self._models: dict[str, apigateway.Model] = {}
        self.made: list[pulumi.Resource] = []
        """What a deployment has to wait for."""

    def add(self, route: Route) -> None:
        """Make everything one route needs."""
        method, path = route["method"], route["path"]
        part = f"{self._name}-{method.lower()}-{slug(path)}"
        first_of_path = path not in self._resource_ids
        resource_id = self._resource(path)
        has_body = route.get("body", method in {"PATCH", "POST", "PUT"})
        made = apigateway.Method(
            part,
            rest_api=self._api.id,
            resource_id=resource_id,
            http_method=method,
            authorization="CUSTOM",
            authorizer_id=self._authorizer.id,
            api_key_required=self._api_key_required,
            request_validator_id=self._validator.id,
            request_models=({"application/json": self._model(part, route)} if has_body else None),
            request_parameters={
                f"method.request.path.{parameter}": True for parameter in parameters(path)
            },
            opts=self._opts,
        )
        call = apigateway.Integration(
            f"{part}-call",
            rest_api=self._api.id,
            resource_id=resource_id,
            http_method=made.http_method,
            type="AWS_PROXY",
            integration_http_method="POST",
            uri=route["handler"]["invoke_arn"],
            timeout_milliseconds=INTEGRATION_TIMEOUT_SECONDS * 1000,
            opts=self._opts,
        )
        grant = lambda_.Permission(
            f"{part}-grant",
            action="lambda:InvokeFunction",
            function=route["handler"]["name"],
            principal="apigateway.amazonaws.com",
            source_arn=Output.concat(self._api.execution_arn, f"/*/{method}{starred(path)}"),
            opts=self._opts,
        )
        self.made += [made, call, grant]
        if first_of_path and self._allowed_origin:
            self._preflight(path, resource_id, self._allowed_origin)

    def _resource(self, path: str) -> Input[str]:
        if path not in self._resource_ids:
            above, _, segment = path.rpartition("/")
            resource = apigateway.Resource(
                f"{self._name}-{slug(path)}",
                rest_api=self._api.id,
                parent_id=self._resource(above),
                path_part=segment,
                opts=self._opts,
            )
            self._resource_ids[path] = resource.id
        return self._resource_ids[path]

    def _model(self, part: str, route: Route) -> Input[str]:
        schema = route.get("schema", '{"type": "object"}')
        if schema not in self._models:
            self._models[schema] = apigateway.Model(
                f"{part}-body",
                rest_api=self._api.id,
                # Letters and digits only.
                name="".join(word.title() for word in part.split("-") if word.isalnum()) + "Body",
                content_type="application/json",
                schema=schema,
                opts=self._opts,
            )
        return self._models[schema].name

    def _preflight(self, path: str, resource_id: Input[str], origin: str) -> None:
        part = f"{self._name}-options-{slug(path)}"
        headers = {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Methods": ",".join((*METHODS, "OPTIONS")),
            "Access-Control-Allow-Headers": ALLOWED_HEADERS,
            "Access-Control-Expose-Headers": EXPOSED_HEADERS,
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        }
        method = apigateway.Method(
            part,
            rest_api=self._api.id,
            resource_id=resource_id,
            http_method="OPTIONS",
            # A browser sends no token with a preflight request; the answer tells nothing.
            authorization="NONE",
            opts=self._opts,
        )
        mock = apigateway.Integration(
            f"{part}-mock",
            rest_api=self._api.id,
            resource_id=resource_id,
            http_method=method.http_method,
            type="MOCK",
            request_templates={"application/json": '{"statusCode": 204}'},
            opts=self._opts,
        )
        response = apigateway.MethodResponse(
            f"{part}-response",
            rest_api=self._api.id,
            resource_id=resource_id,
            http_method=method.http_method,
            status_code="204",
            response_parameters={f"method.response.header.{name}": True for name in headers},
            opts=self._opts,
        )
        answer = apigateway.IntegrationResponse(
            f"{part}-answer",
            rest_api=self._api.id,
            resource_id=resource_id,
            http_method=method.http_method,
            status_code=response.status_code,
            response_parameters={
                f"method.response.header.{name}": f"'{value}'" for name, value in headers.items()
            },
            # Refused before the integration it answers for exists.
            opts=pulumi.ResourceOptions.merge(
                self._opts, pulumi.ResourceOptions(depends_on=[mock])
            ),
        )
        self.made += [method, mock, response, answer]


def check_route(name: str, route: Route) -> None:
    """Raise ArgumentError unless API Gateway would take the route and answer before it gives up."""
    field = f"{name}.routes[{route['method']} {route['path']}]"
    require_one_of(field, route["method"], METHODS, "OPTIONS is answered by the API itself.")
    require_match(
        field,
        route["path"],
        r"(/([a-z0-9_-]+|\{[a-z_]+\}))+",
        "use lower case segments, parameters in braces.",
    )
    if int(route["handler"]["timeout_seconds"]) >= INTEGRATION_TIMEOUT_SECONDS:
        raise ArgumentError(
            f"{field}: the function may take {route['handler']['timeout_seconds']} s but API "
            f"Gateway gives up after {INTEGRATION_TIMEOUT_SECONDS} s and nobody would see its "
            f"answer; set timeout_seconds to at most {INTEGRATION_TIMEOUT_SECONDS - 1}."
        )


def parameters(path: str) -> list[str]:
    """Return the names in braces."""
    return [segment[1:-1] for segment in path.split("/") if segment.startswith("{")]


def slug(path: str) -> str:
    """Return the path as part of a resource name."""
    return path.strip("/").replace("/", "-").replace("{", "").replace("}", "")


def starred(path: str) -> str:
    """Return the path as execution ARNs have it: any value for a parameter."""
    return "/".join("*" if part.startswith("{") else part for part in path.split("/"))
