"""The routes of an API: one resource a path, one method and integration a route, CORS a path.

Creates, in order:
    <name>-<path>                 aws.apigateway.Resource   each segment once
    <name>-<method>-<path>        aws.apigateway.Method     behind the authorizer
    <name>-<method>-<path>-call   aws.apigateway.Integration
    <name>-<method>-<path>-grant  aws.lambda.Permission     this route may call this function
    <name>-options-<path>*        the preflight answer of a path, if an origin is allowed
Of paths that would be named alike, such as `/a/b` and `/a-b`, all but one have a suffix.
"""

from collections.abc import Sequence

import pulumi
from pulumi import Input, Output
from pulumi_aws import apigateway

from pulumi_rampart.api.grant import grant
from pulumi_rampart.api.paths import slug, unlike, with_prefixes
from pulumi_rampart.api.route import (
    INTEGRATION_TIMEOUT_SECONDS,
    Route,
    has_body,
    method_arn_part,
    parameters,
)
from pulumi_rampart.component import Component

# What a browser asks about before it sends it; GET, HEAD and POST it may send unasked.
ALLOWED_METHODS = "DELETE,GET,PATCH,POST,PUT,OPTIONS"
ALLOWED_HEADERS = "Authorization,Content-Type,Idempotency-Key,If-Match,X-Api-Key"
EXPOSED_HEADERS = "ETag,Location,Retry-After"
PREFLIGHT_SECONDS = 600


class RouteTable:
    """Makes the children of an API that stand for its routes."""

    def __init__(
        self,
        owner: Component,
        name: str,
        api: apigateway.RestApi,
        authorizer: apigateway.Authorizer,
        validator: apigateway.RequestValidator,
        *,
        routes: Sequence[Route],
        allowed_origin: str | None,
        api_key_required: bool,
    ) -> None:
        self._owner, self._name, self._api = owner, name, api
        self._authorizer, self._validator = authorizer, validator
        self._allowed_origin, self._api_key_required = allowed_origin, api_key_required
        self._resource_ids: dict[str, Input[str]] = {"": api.root_resource_id}
        self._models: dict[str, apigateway.Model] = {}
        self._with_preflight: set[str] = set()
        self.made: list[pulumi.Resource] = []
        """What a deployment has to wait for."""
        every_path = [part for route in routes for part in with_prefixes(_path(route))]
        self._path_names = unlike(every_path, slug)
        self._model_names = model_names(name, routes)
        for route in routes:
            self._add(route)

    def _add(self, route: Route) -> None:
        method, path = route["method"], _path(route)
        part = self._part(method, path)
        resource_id = self._resource(path)
        made = self._owner.child(
            apigateway.Method,
            part,
            rest_api=self._api.id,
            resource_id=resource_id,
            http_method=method,
            authorization="CUSTOM",
            authorizer_id=self._authorizer.id,
            api_key_required=self._api_key_required,
            request_validator_id=self._validator.id,
            request_models=(
                {"application/json": self._model(part, route)} if has_body(route) else None
            ),
            request_parameters={
                f"method.request.path.{parameter}": True for parameter in parameters(path)
            },
        )
        call = self._owner.child(
            apigateway.Integration,
            f"{part}-call",
            rest_api=self._api.id,
            resource_id=resource_id,
            http_method=made.http_method,
            type="AWS_PROXY",
            integration_http_method="POST",
            uri=route["handler"]["invoke_arn"],
            timeout_milliseconds=INTEGRATION_TIMEOUT_SECONDS * 1000,
        )
        source_arn = Output.concat(self._api.execution_arn, method_arn_part(route))
        may_call = grant(self._owner, self._name, f"{part}-grant", route["handler"], source_arn)
        self.made += [made, call, may_call]
        if self._allowed_origin and path not in self._with_preflight:
            self._with_preflight.add(path)
            self._preflight(path, resource_id, self._allowed_origin)

    def _resource(self, path: str) -> Input[str]:
        if path not in self._resource_ids:
            above, _, segment = path.rpartition("/")
            resource = self._owner.child(
                apigateway.Resource,
                self._path_names[path],
                rest_api=self._api.id,
                parent_id=self._resource(above),
                path_part=segment,
            )
            self._resource_ids[path] = resource.id
        return self._resource_ids[path]

    def _model(self, part: str, route: Route) -> Input[str]:
        schema = _schema(route)
        if schema not in self._models:
            self._models[schema] = self._owner.child(
                apigateway.Model,
                f"{part}-body",
                rest_api=self._api.id,
                name=self._model_names[schema],
                content_type="application/json",
                schema=schema,
            )
        return self._models[schema].name

    def _preflight(self, path: str, resource_id: Input[str], origin: str) -> None:
        part = self._part("OPTIONS", path)
        headers = {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Methods": ALLOWED_METHODS,
            "Access-Control-Allow-Headers": ALLOWED_HEADERS,
            "Access-Control-Expose-Headers": EXPOSED_HEADERS,
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        }
        method = self._owner.child(
            apigateway.Method,
            part,
            rest_api=self._api.id,
            resource_id=resource_id,
            http_method="OPTIONS",
            # A browser sends no token with a preflight request; the answer tells nothing.
            authorization="NONE",
        )
        mock = self._owner.child(
            apigateway.Integration,
            f"{part}-mock",
            rest_api=self._api.id,
            resource_id=resource_id,
            http_method=method.http_method,
            type="MOCK",
            request_templates={"application/json": '{"statusCode": 204}'},
        )
        response = self._owner.child(
            apigateway.MethodResponse,
            f"{part}-response",
            rest_api=self._api.id,
            resource_id=resource_id,
            http_method=method.http_method,
            status_code="204",
            response_parameters={f"method.response.header.{name}": True for name in headers},
        )
        answer = self._owner.child(
            apigateway.IntegrationResponse,
            f"{part}-answer",
            rest_api=self._api.id,
            resource_id=resource_id,
            http_method=method.http_method,
            status_code=response.status_code,
            response_parameters={
                f"method.response.header.{name}": f"'{value}'" for name, value in headers.items()
            },
            # Refused before the integration it answers for exists.
            opts=pulumi.ResourceOptions(depends_on=[mock]),
        )
        self.made += [method, mock, response, answer]

    def _part(self, method: str, path: str) -> str:
        """Return what a method of a path is to the API; the root path has no name."""
        return f"{method.lower()}-{self._path_names[path]}" if path else method.lower()


def model_names(api: str, routes: Sequence[Route]) -> dict[str, str]:
    """Name the model of each schema after the first route with it; letters and digits only."""
    owners: dict[str, str] = {}
    for route in filter(has_body, routes):
        owners.setdefault(_schema(route), f"/{api}/{route['method'].lower()}{_path(route)}")
    words = unlike(owners.values(), lambda path: _title(slug(path)))
    return {schema: f"{words[path].replace('-', '')}Body" for schema, path in owners.items()}


def _title(slugged: str) -> str:
    return "".join(word.title() for word in slugged.split("-") if word.isalnum())


def _schema(route: Route) -> str:
    return route.get("schema", '{"type": "object"}')


def _path(route: Route) -> str:
    return route["path"].rstrip("/")
