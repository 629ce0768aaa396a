"""The answer to a browser's preflight request, without a function.

Creates, in order:
    <part>            aws.apigateway.Method
    <part>-mock       aws.apigateway.Integration
    <part>-response   aws.apigateway.MethodResponse
    <part>-answer     aws.apigateway.IntegrationResponse
"""

import pulumi
from pulumi import Input
from pulumi_aws import apigateway

ALLOWED_HEADERS = "Authorization,Content-Type,Idempotency-Key,If-Match,X-Api-Key"
EXPOSED_HEADERS = "ETag,Location,Retry-After"
PREFLIGHT_SECONDS = 600


def preflight(
    part: str,
    api: apigateway.RestApi,
    resource_id: Input[str],
    *,
    origin: str,
    methods: tuple[str, ...],
    opts: pulumi.ResourceOptions,
) -> list[pulumi.Resource]:
    """Answer OPTIONS of one path for one origin; returns what a deployment has to wait for."""
    headers = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": ",".join((*methods, "OPTIONS")),
        "Access-Control-Allow-Headers": ALLOWED_HEADERS,
        "Access-Control-Expose-Headers": EXPOSED_HEADERS,
        "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
    }
    method = apigateway.Method(
        part,
        rest_api=api.id,
        resource_id=resource_id,
        http_method="OPTIONS",
        # A browser sends no token with a preflight request; the answer tells nothing.
        authorization="NONE",
        opts=opts,
    )
    mock = apigateway.Integration(
        f"{part}-mock",
        rest_api=api.id,
        resource_id=resource_id,
        http_method=method.http_method,
        type="MOCK",
        request_templates={"application/json": '{"statusCode": 204}'},
        opts=opts,
    )
    response = apigateway.MethodResponse(
        f"{part}-response",
        rest_api=api.id,
        resource_id=resource_id,
        http_method=method.http_method,
        status_code="204",
        response_parameters={f"method.response.header.{name}": True for name in headers},
        opts=opts,
    )
    answer = apigateway.IntegrationResponse(
        f"{part}-answer",
        rest_api=api.id,
        resource_id=resource_id,
        http_method=method.http_method,
        status_code=response.status_code,
        response_parameters={
            f"method.response.header.{name}": f"'{value}'" for name, value in headers.items()
        },
        # Refused before the integration it answers for exists.
        opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[mock])),
    )
    return [method, mock, response, answer]
