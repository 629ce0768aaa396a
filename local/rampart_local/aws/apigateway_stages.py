"""Amazon API Gateway, REST APIs: deployments, stages, usage plans and the account."""

from contextlib import suppress
from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import (
    Created,
    Inputs,
    block,
    creates,
    given,
    many,
    physical_name,
    updates,
)
from rampart_local.clients import Clients

# Setting of the program -> path and value type of the API's patch.
_METHOD_SETTINGS = {
    "cachingEnabled": "caching/enabled",
    "cacheTtlInSeconds": "caching/ttlInSeconds",
    "dataTraceEnabled": "logging/dataTrace",
    "loggingLevel": "logging/loglevel",
    "metricsEnabled": "metrics/enabled",
    "throttlingBurstLimit": "throttling/burstLimit",
    "throttlingRateLimit": "throttling/rateLimit",
}


@creates("aws:apigateway/deployment:Deployment", again=True)
def _deployment(aws: Clients, resource: Registration) -> Created:
    answer = aws.apigateway.create_deployment(
        restApiId=resource.inputs["restApi"],
        **given(resource.inputs, description="description", variables="variables"),
    )
    return answer["id"], {"createdDate": str(answer.get("createdDate", ""))}


@creates(
    "aws:apigateway/stage:Stage",
    unenforced="no access logs, no client certificate, no cache",
)
def _stage(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    aws.apigateway.create_stage(
        restApiId=inputs["restApi"],
        stageName=inputs["stageName"],
        deploymentId=inputs["deployment"],
        **given(
            inputs,
            description="description",
            variables="variables",
            tracingEnabled="xrayTracingEnabled",
        ),
    )
    return _stage_outputs(aws, inputs)


@updates("aws:apigateway/stage:Stage", "restApi", "stageName")
def _change_stage(aws: Clients, resource: Registration, _: str, before: Inputs) -> Created:
    inputs = resource.inputs
    patches: Any = [
        {"op": "replace", "path": "/deploymentId", "value": inputs["deployment"]},
        {"op": "replace", "path": "/description", "value": inputs.get("description", "")},
        {
            "op": "replace",
            "path": "/tracingEnabled",
            "value": _text(bool(inputs.get("xrayTracingEnabled"))),
        },
    ]
    variables, old = block(inputs, "variables"), block(before, "variables")
    patches += [
        {"op": "replace", "path": f"/variables/{name}", "value": str(value)}
        for name, value in variables.items()
    ]
    patches += [
        {"op": "remove", "path": f"/variables/{name}"}
        for name in sorted(old.keys() - variables.keys())
    ]
    aws.apigateway.update_stage(
        restApiId=inputs["restApi"], stageName=inputs["stageName"], patchOperations=patches
    )
    return _stage_outputs(aws, inputs)


def _stage_outputs(aws: Clients, inputs: dict[str, Any]) -> Created:
    api, stage = inputs["restApi"], inputs["stageName"]
    return f"ags-{api}-{stage}", {
        "arn": f"arn:aws:apigateway:{aws.region}::/restapis/{api}/stages/{stage}",
        "executionArn": f"arn:aws:execute-api:{aws.region}:{aws.account}:{api}/{stage}",
        # Where the embedded AWS serves what AWS has at https://API.execute-api.REGION...
        "invokeUrl": f"{aws.endpoint}/_aws/execute-api/{api}/{stage}",
    }


@creates(
    "aws:apigateway/methodSettings:MethodSettings",
    again=True,
    unenforced="throttling is kept; logging, metrics and caching are not",
)
def _method_settings(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    path = inputs["methodPath"]
    # The API writes */* for all methods of all resources, and ~1 for a slash within a path.
    prefix = (
        path
        if path == "*/*"
        else path.rpartition("/")[0].replace("/", "~1") + ("/" + path.rpartition("/")[2])
    )
    patches: Any = [
        {"op": "replace", "path": f"/{prefix}/{where}", "value": _text(inputs["settings"][key])}
        for key, where in _METHOD_SETTINGS.items()
        if inputs["settings"].get(key) is not None
    ]
    aws.apigateway.update_stage(
        restApiId=inputs["restApi"], stageName=inputs["stageName"], patchOperations=patches
    )
    return f"{inputs['restApi']}-{inputs['stageName']}-{path}", {}


def _text(value: Any) -> str:  # noqa: ANN401  # any plain input
    return str(value).lower() if isinstance(value, bool) else str(value)


@creates("aws:apigateway/usagePlan:UsagePlan")
def _usage_plan(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    request: dict[str, Any] = given(inputs, description="description")
    if quota := inputs.get("quotaSettings"):
        request["quota"] = given(quota, limit="limit", offset="offset", period="period")
    if throttle := inputs.get("throttleSettings"):
        request["throttle"] = given(throttle, burstLimit="burstLimit", rateLimit="rateLimit")
    answer = aws.apigateway.create_usage_plan(
        name=physical_name(resource, 255),
        apiStages=[
            {"apiId": each["apiId"], "stage": each["stage"]} for each in many(inputs, "apiStages")
        ],
        **request,
    )
    id_ = answer.get("id", "")
    arn = f"arn:aws:apigateway:{aws.region}::/usageplans/{id_}"
    return id_, {"arn": arn, "name": answer.get("name", "")}


@creates("aws:apigateway/apiKey:ApiKey")
def _api_key(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    answer = aws.apigateway.create_api_key(
        name=physical_name(resource, 255),
        enabled=inputs.get("enabled", True),
        **given(inputs, description="description", value="value", customerId="customerId"),
    )
    id_ = answer.get("id", "")
    arn = f"arn:aws:apigateway:{aws.region}::/apikeys/{id_}"
    return id_, {"arn": arn, "name": answer.get("name", ""), "value": answer.get("value", "")}


@updates("aws:apigateway/apiKey:ApiKey", "value")
def _change_api_key(aws: Clients, resource: Registration, key: str, _: Inputs) -> Created:
    wanted = {
        "name": physical_name(resource, 255),
        "enabled": _text(bool(resource.inputs.get("enabled", True))),
        "description": resource.inputs.get("description", ""),
    }
    answer = aws.apigateway.update_api_key(
        apiKey=key,
        patchOperations=[
            {"op": "replace", "path": f"/{name}", "value": value} for name, value in wanted.items()
        ],
    )
    arn = f"arn:aws:apigateway:{aws.region}::/apikeys/{key}"
    value = aws.apigateway.get_api_key(apiKey=key, includeValue=True).get("value", "")
    return key, {"arn": arn, "name": answer.get("name", ""), "value": value}


@creates("aws:apigateway/usagePlanKey:UsagePlanKey", again=True)
def _usage_plan_key(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    with suppress(aws.apigateway.exceptions.ConflictException):
        aws.apigateway.create_usage_plan_key(
            usagePlanId=inputs["usagePlanId"], keyId=inputs["keyId"], keyType=inputs["keyType"]
        )
    return inputs["keyId"], {}


@creates("aws:apigateway/account:Account", again=True, unenforced="API Gateway writes no logs here")
def _account(aws: Clients, resource: Registration) -> Created:
    if role := resource.inputs.get("cloudwatchRoleArn"):
        aws.apigateway.update_account(
            patchOperations=[{"op": "replace", "path": "/cloudwatchRoleArn", "value": role}]
        )
    return "api-gateway-account", {}
