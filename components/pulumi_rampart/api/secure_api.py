"""A REST API whose every route passes the firewall and the authorizer.

Creates, in order:
    <name>             aws.apigateway.RestApi            regional, TLS 1.2 at least
    <name>-<problem>   aws.apigateway.Response           what the API itself refuses, as problems
    <name>-authorizer  aws.apigateway.Authorizer         asks a function about the token
    <name>-grant       aws.lambda.Permission             and may call it
    <name>-validator   aws.apigateway.RequestValidator   bodies and parameters
    <name>-<route>...  see pulumi_rampart.api.routes
    <name>-stage       ApiStage                          throttles, quotas, logs, alarms
    <name>-firewall    WebFirewall
"""

from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
from pulumi import Output
from pulumi_aws import apigateway, lambda_

from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.api.problems import PROBLEM_TYPE, PROBLEMS
from pulumi_rampart.api.routes import ApiHandler, Route, RouteTable, check_route
from pulumi_rampart.api.stage import ApiStage
from pulumi_rampart.api.web_firewall import WebFirewall
from pulumi_rampart.boundary.security_boundary import Boundary

# Three base64url parts; whatever is no such token is refused before a function runs.
BEARER = r"^Bearer [\w-]+\.[\w-]+\.[\w-]*$"


class SecureApiArgs(TypedDict):
    """What a system decides about its API."""

    boundary: Boundary
    """The wall: key, alarm topic."""
    authorizer: ApiHandler
    """Function that says whom a bearer token belongs to."""
    routes: list[Route]
    """What the API answers."""
    description: NotRequired[str]
    """For the console. Default none."""
    allowed_origin: NotRequired[str]
    """Web origin whose pages may call the API. Default none."""
    requests_per_second: NotRequired[int]
    """Sustained rate of the whole API. Default 50."""
    burst: NotRequired[int]
    """Requests taken at once above the rate. Default 100."""
    requests_per_day: NotRequired[int]
    """Quota of each client's key. Default 100,000."""
    clients: NotRequired[list[str]]
    """Clients that get a key and have to send it. Default none: the token suffices."""
    requests_per_five_minutes: NotRequired[int]
    """Most requests of one address, before the API is even asked. Default 2000."""
    blocked_addresses: NotRequired[list[str]]
    """IPv4 ranges that are turned away. Default none."""


@dataclass(frozen=True, kw_only=True)
class SecureApiTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    api: Transform[apigateway.RestApiArgs] = unchanged
    authorizer: Transform[apigateway.AuthorizerArgs] = unchanged
    validator: Transform[apigateway.RequestValidatorArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class SecureApiNodes:
    """The raw resources."""

    api: apigateway.RestApi
    authorizer: apigateway.Authorizer
    validator: apigateway.RequestValidator


class SecureApi(pulumi.ComponentResource):
    """A REST API with firewall, token check, validation, throttles, quotas, logs and traces.

    Example:
        api = SecureApi("front", {
            "boundary": boundary.args,
            "authorizer": authorizer.handler,
            "routes": [{"method": "GET", "path": "/hello", "handler": hello.handler}],
        })
    """

    url: Output[str]
    """Where the API answers, without a trailing slash."""

    def __init__(
        self,
        name: str,
        args: SecureApiArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: SecureApiTransforms = SecureApiTransforms(),
    ) -> None:
        super().__init__("rampart:index:SecureApi", name, None, opts)
        for route in args["routes"]:
            check_route(name, route)
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        api = self._api()
        problems = self._problems(api)
        authorizer, grant = self._authorizer(api)
        validator = self._validator(api)
        routes = self._routes(api, authorizer, validator)
        self.stage = self._stage(api, [*problems, grant, *routes])
        self._firewall()

        self.nodes = SecureApiNodes(api=api, authorizer=authorizer, validator=validator)
        self.url = self.stage.url
        self.register_outputs({"url": self.url})

    def _api(self) -> apigateway.RestApi:
        args = apigateway.RestApiArgs(
            name=f"{self._boundary['prefix']}-{self._name}",
            description=self._args.get("description"),
            endpoint_configuration=apigateway.RestApiEndpointConfigurationArgs(types="REGIONAL"),
            # TLS 1.2 and 1.3 only, on the API's own address too.
            # https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
            security_policy="SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
            endpoint_access_mode="STRICT",
        )
        self._transforms.api(args)
        return apigateway.RestApi(self._name, args, opts=self._child)

    def _problems(self, api: apigateway.RestApi) -> list[apigateway.Response]:
        headers = {"Content-Type": PROBLEM_TYPE}
        origin = self._args.get("allowed_origin")
        if origin:
            headers["Access-Control-Allow-Origin"] = origin
        return [
            apigateway.Response(
                f"{self._name}-{problem.kind.lower().replace('_', '-')}",
                rest_api_id=api.id,
                response_type=problem.kind,
                # The defaults stand for many kinds, each with a status of its own.
                status_code=None if problem.kind.startswith("DEFAULT") else str(problem.status),
                response_templates={"application/json": problem.template()},
                response_parameters={
                    f"gatewayresponse.header.{key}": f"'{value}'" for key, value in headers.items()
                },
                opts=self._child,
            )
            for problem in PROBLEMS
        ]

    def _authorizer(
        self, api: apigateway.RestApi
    ) -> tuple[apigateway.Authorizer, lambda_.Permission]:
        handler = self._args["authorizer"]
        args = apigateway.AuthorizerArgs(
            rest_api=api.id,
            type="TOKEN",
            authorizer_uri=handler["invoke_arn"],
            identity_source="method.request.header.Authorization",
            identity_validation_expression=BEARER,
            # A remembered answer would outlive the token.
            authorizer_result_ttl_in_seconds=0,
        )
        self._transforms.authorizer(args)
        authorizer = apigateway.Authorizer(f"{self._name}-authorizer", args, opts=self._child)
        grant = lambda_.Permission(
            f"{self._name}-grant",
            action="lambda:InvokeFunction",
            function=handler["name"],
            principal="apigateway.amazonaws.com",
            source_arn=Output.concat(api.execution_arn, "/authorizers/", authorizer.id),
            opts=self._child,
        )
        return authorizer, grant

    def _validator(self, api: apigateway.RestApi) -> apigateway.RequestValidator:
        args = apigateway.RequestValidatorArgs(
            rest_api=api.id, validate_request_body=True, validate_request_parameters=True
        )
        self._transforms.validator(args)
        return apigateway.RequestValidator(f"{self._name}-validator", args, opts=self._child)

    def _routes(
        self,
        api: apigateway.RestApi,
        authorizer: apigateway.Authorizer,
        validator: apigateway.RequestValidator,
    ) -> list[pulumi.Resource]:
        table = RouteTable(
            self._name,
            api,
            authorizer,
            validator,
            allowed_origin=self._args.get("allowed_origin"),
            api_key_required=bool(self._args.get("clients")),
            opts=self._child,
        )
        for route in self._args["routes"]:
            table.add(route)
        return table.made

    def _stage(self, api: apigateway.RestApi, made: list[pulumi.Resource]) -> ApiStage:
        shape = [
            [
                route["method"],
                route["path"],
                route.get("schema"),
                route["handler"]["invoke_arn"],
            ]
            for route in self._args["routes"]
        ]
        described = [
            shape,
            self._args["authorizer"]["invoke_arn"],
            [problem.template() for problem in PROBLEMS],
            self._args.get("allowed_origin"),
            bool(self._args.get("clients")),
        ]
        return ApiStage(
            f"{self._name}-stage",
            {
                "boundary": self._boundary,
                "described": Output.json_dumps(described),
                "requests_per_second": self._args.get("requests_per_second", 50),
                "burst": self._args.get("burst", 100),
                "requests_per_day": self._args.get("requests_per_day", 100_000),
                "clients": self._args.get("clients", []),
            },
            self._child,
            api=api,
            made=made,
        )

    def _firewall(self) -> WebFirewall:
        return WebFirewall(
            f"{self._name}-firewall",
            {
                "boundary": self._boundary,
                "resource_arn": self.stage.nodes.stage.arn,
                "requests_per_five_minutes": self._args.get("requests_per_five_minutes", 2000),
                "blocked_addresses": self._args.get("blocked_addresses", []),
            },
            self._child,
        )
