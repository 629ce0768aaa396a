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

from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import apigateway

from pulumi_rampart.api.api_alarms import ApiAlarmChoices
from pulumi_rampart.api.firewall_rules import RuleOverride
from pulumi_rampart.api.grant import grant
from pulumi_rampart.api.handler import ApiHandler
from pulumi_rampart.api.problems import PROBLEM_TYPE, PROBLEMS, GatewayProblem
from pulumi_rampart.api.route import Route, large_bodies, route_problems
from pulumi_rampart.api.routes import RouteTable
from pulumi_rampart.api.stage import STAGE, ApiStage
from pulumi_rampart.api.stage_limits import BURST, CLIENT, QUOTA, RATE, EachOnce
from pulumi_rampart.api.web_firewall import (
    ADDRESS_RATE,
    BLOCKED_COUNT,
    BlockedRange,
    WebFirewall,
)
from pulumi_rampart.arguments import ArgumentError, Origin, checked
from pulumi_rampart.boundary.args import Boundary, boundary_of, prefixed
from pulumi_rampart.component import Component

# Three base64url parts; whatever is no such token is refused before a function runs.
# Schemes are case-insensitive (RFC 9110, 11.1); API Gateway matches the whole header.
BEARER = r"^[Bb][Ee][Aa][Rr][Ee][Rr] +[\w-]+\.[\w-]+\.[\w-]*$"


class SecureApiArgs(TypedDict):
    """What a system decides about its API."""

    boundary: Input[Boundary]
    """Prefix, key, log retention and alarm topic."""
    authorizer: ApiHandler
    """Function that says whom a bearer token belongs to."""
    routes: list[Route]
    """What the API answers; at least one, and each method of a path once."""
    description: NotRequired[str]
    """For the console. Default none."""
    allowed_origin: NotRequired[Annotated[str, Origin()]]
    """Web origin whose pages may call the API, without a slash at the end. Default none."""
    requests_per_second: NotRequired[Annotated[float, RATE]]
    """Sustained rate of the whole API, within the account's own. Default 50."""
    burst: NotRequired[Annotated[int, BURST]]
    """Requests taken at once above the rate. Default 100."""
    requests_per_day: NotRequired[Annotated[int, QUOTA]]
    """Quota of each client's key. Default 100,000."""
    clients: NotRequired[Annotated[list[Annotated[str, CLIENT]], EachOnce()]]
    """Clients that get a key and have to send it. Default none: the token suffices."""
    requests_per_five_minutes: NotRequired[Annotated[int, ADDRESS_RATE]]
    """Most requests of one address, 10 to 2,000,000,000, counted by the firewall. Default 2000."""
    blocked_addresses: NotRequired[Annotated[list[Annotated[str, BlockedRange()]], BLOCKED_COUNT]]
    """IPv4 ranges in CIDR form whose requests are blocked, at most 10,000. Default none."""
    firewall_overrides: NotRequired[list[RuleOverride]]
    """Rules of the firewall's managed groups that do something else here. Default none."""
    alarms: NotRequired[ApiAlarmChoices]
    """Limits of its alarms, and which are off. Default answers with a status of 500 and above:
    more than 10 in 5 minutes or 5 % of all; 10 seconds on average."""


class SecureApi(Component):
    """A REST API with firewall, token check, validation, throttles, quotas, logs and traces.

    Example:
        api = SecureApi("front", {
            "boundary": boundary.args,
            "authorizer": authorizer.handler,
            "routes": [{"method": "GET", "path": "/hello", "handler": hello.handler}],
        })
    """

    NAMES = (
        ("{prefix}-{name}", apigateway.RestApi),
        ("{name}-stage", ApiStage),
        ("{name}-firewall", WebFirewall),
    )

    url: Output[str]
    """Where the API answers, without a trailing slash."""

    def __init__(
        self, name: str, args: SecureApiArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, SecureApiArgs)
        self._boundary = boundary_of(self._args["boundary"])
        self._allowed_origin = self._args.get("allowed_origin")
        if wrong := route_problems(
            self._args["routes"], answers_preflight=self._allowed_origin is not None
        ):
            raise ArgumentError(name, wrong)
        super().__init__(name, opts, boundary=self._boundary)

        self.rest_api = self._rest_api()
        self.problems = [self._problem(one) for one in PROBLEMS]
        self.authorizer = self._authorizer()
        self.grant = self._grant()
        self.validator = self._validator()
        self.routes = self._routes()
        self.stage = self._stage()
        self.firewall = self._firewall()

        self.url = self.stage.url
        self.register_outputs()

    def _rest_api(self) -> apigateway.RestApi:
        return self.child(
            apigateway.RestApi,
            "",
            name=prefixed(self._boundary, self._name),
            description=self._args.get("description"),
            endpoint_configuration={"types": "REGIONAL"},
            # TLS 1.2 and 1.3 only, on the API's own address too.
            # https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
            security_policy="SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
            endpoint_access_mode="STRICT",
        )

    def _problem(self, problem: GatewayProblem) -> apigateway.Response:
        headers = {"Content-Type": PROBLEM_TYPE}
        if self._allowed_origin:
            headers["Access-Control-Allow-Origin"] = self._allowed_origin
        return self.child(
            apigateway.Response,
            problem.kind.lower().replace("_", "-"),
            rest_api_id=self.rest_api.id,
            response_type=problem.kind,
            # The defaults stand for many kinds, each with a status of its own.
            status_code=None if problem.kind.startswith("DEFAULT") else str(problem.status),
            response_templates={"application/json": problem.template()},
            response_parameters={
                f"gatewayresponse.header.{key}": f"'{value}'" for key, value in headers.items()
            },
        )

    def _authorizer(self) -> apigateway.Authorizer:
        return self.child(
            apigateway.Authorizer,
            "authorizer",
            rest_api=self.rest_api.id,
            type="TOKEN",
            authorizer_uri=self._args["authorizer"]["invoke_arn"],
            identity_source="method.request.header.Authorization",
            identity_validation_expression=BEARER,
            # A cached answer would outlive the token.
            authorizer_result_ttl_in_seconds=0,
        )

    def _grant(self) -> pulumi.Resource:
        source_arn = Output.concat(self.rest_api.execution_arn, "/authorizers/", self.authorizer.id)
        return grant(self, self._name, "grant", self._args["authorizer"], source_arn)

    def _validator(self) -> apigateway.RequestValidator:
        return self.child(
            apigateway.RequestValidator,
            "validator",
            rest_api=self.rest_api.id,
            validate_request_body=True,
            validate_request_parameters=True,
        )

    def _routes(self) -> RouteTable:
        return RouteTable(
            self,
            self._name,
            self.rest_api,
            self.authorizer,
            self.validator,
            routes=self._args["routes"],
            allowed_origin=self._allowed_origin,
            api_key_required=bool(self._args.get("clients")),
        )

    def _stage(self) -> ApiStage:
        return self.child(
            ApiStage,
            "stage",
            {
                "boundary": self._boundary,
                "described": self._described(),
                "requests_per_second": self._args.get("requests_per_second", 50),
                "burst": self._args.get("burst", 100),
                "requests_per_day": self._args.get("requests_per_day", 100_000),
                "clients": self._args.get("clients", []),
                "alarms": self._args.get("alarms", {}),
            },
            api=self.rest_api,
            made=[*self.problems, self.grant, *self.routes.made],
        )

    def _described(self) -> Output[str]:
        """Return all that a deployment is a snapshot of."""
        routes = [
            [
                route["method"],
                route["path"],
                route.get("schema"),
                route["handler"]["invoke_arn"],
                *([route["body"]] if "body" in route else []),
            ]
            for route in self._args["routes"]
        ]
        return Output.json_dumps(
            [
                routes,
                self._args["authorizer"]["invoke_arn"],
                [problem.template() for problem in PROBLEMS],
                self._allowed_origin,
                bool(self._args.get("clients")),
            ]
        )

    def _firewall(self) -> WebFirewall:
        return self.child(
            WebFirewall,
            "firewall",
            {
                "boundary": self._boundary,
                "resource_arn": self.stage.stage.arn,
                "requests_per_five_minutes": self._args.get("requests_per_five_minutes", 2000),
                "blocked_addresses": self._args.get("blocked_addresses", []),
                "large_bodies": large_bodies(self._args["routes"], STAGE),
                "overrides": self._args.get("firewall_overrides", []),
            },
        )
