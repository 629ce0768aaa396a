"""Amazon API Gateway, REST APIs: the API and its methods; see apigateway_stages.py for the rest."""

from contextlib import suppress
from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import Created, Inputs, creates, given, physical_name, updates
from rampart_local.clients import Clients


@creates("aws:apigateway/restApi:RestApi")
def _api(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    request = _as_is(
        inputs,
        "description",
        "policy",
        "apiKeySource",
        "binaryMediaTypes",
        "disableExecuteApiEndpoint",
    )
    if "minimumCompressionSize" in inputs:  # a string in the program, a number in the API
        request["minimumCompressionSize"] = int(inputs["minimumCompressionSize"])
    if inputs.get("endpointConfiguration"):
        request["endpointConfiguration"] = {"types": [inputs["endpointConfiguration"]["types"]]}
    answer = aws.apigateway.create_rest_api(name=physical_name(resource, 255), **request)
    return _api_outputs(aws, resource, answer)


@updates("aws:apigateway/restApi:RestApi", "endpointConfiguration", "binaryMediaTypes")
def _change_api(aws: Clients, resource: Registration, api: str, before: Inputs) -> Created:
    wanted = resource.inputs | {"name": physical_name(resource, 255)}
    patches: Any = [
        {"op": "replace", "path": f"/{key}", "value": _patched(wanted.get(key, default))}
        for key, default in _API_DEFAULTS.items()
        if wanted.get(key) is not None or before.get(key) is not None
    ]
    answer = aws.apigateway.update_rest_api(restApiId=api, patchOperations=patches)
    return _api_outputs(aws, resource, answer)


# What can be patched, and what it is when the program no longer sets it.
_API_DEFAULTS: dict[str, Any] = {
    "apiKeySource": "HEADER",
    "description": "",
    "disableExecuteApiEndpoint": False,
    "minimumCompressionSize": "",
    "name": "",
    "policy": "",
}


def _patched(value: Any) -> str:  # noqa: ANN401  # any plain input
    return str(value).lower() if isinstance(value, bool) else str(value)


def _api_outputs(aws: Clients, resource: Registration, answer: Any) -> Created:  # noqa: ANN401  # two SDK types
    api = answer["id"]
    return api, {
        "arn": f"arn:aws:apigateway:{aws.region}::/restapis/{api}",
        "executionArn": f"arn:aws:execute-api:{aws.region}:{aws.account}:{api}",
        "name": physical_name(resource, 255),
        "rootResourceId": answer["rootResourceId"],
    }


@creates(
    "aws:apigateway/restApiPolicy:RestApiPolicy", again=True, unenforced="requests are not judged"
)
def _policy(aws: Clients, resource: Registration) -> Created:
    api = resource.inputs["restApiId"]
    policy = resource.inputs["policy"]
    aws.apigateway.update_rest_api(
        restApiId=api, patchOperations=[{"op": "replace", "path": "/policy", "value": policy}]
    )
    return api, {}


@creates("aws:apigateway/resource:Resource")
def _resource(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    answer = aws.apigateway.create_resource(
        restApiId=inputs["restApi"], parentId=inputs["parentId"], pathPart=inputs["pathPart"]
    )
    return answer["id"], {"path": answer["path"]}


# Not again: putting a method or an integration anew would drop what hangs on it.
@creates("aws:apigateway/method:Method")
def _method(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    place = _place(inputs)
    request = _as_is(
        inputs,
        "apiKeyRequired",
        "authorizerId",
        "authorizationScopes",
        "operationName",
        "requestModels",
        "requestParameters",
        "requestValidatorId",
    )
    aws.apigateway.put_method(**place, authorizationType=inputs["authorization"], **request)
    return "agm-" + "-".join(place.values()), {}


@creates("aws:apigateway/methodResponse:MethodResponse", again=True)
def _method_response(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    place = _place(inputs) | {"statusCode": str(inputs["statusCode"])}
    with suppress(aws.apigateway.exceptions.NotFoundException):
        aws.apigateway.delete_method_response(**place)
    request = _as_is(inputs, "responseModels", "responseParameters")
    aws.apigateway.put_method_response(**place, **request)
    return "agmr-" + "-".join(place.values()), {}


@creates("aws:apigateway/integration:Integration")
def _integration(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    place = _place(inputs)
    request = _as_is(
        inputs,
        "uri",
        "connectionType",
        "connectionId",
        "credentials",
        "requestParameters",
        "requestTemplates",
        "passthroughBehavior",
        "cacheNamespace",
        "cacheKeyParameters",
        "contentHandling",
        type="type",
        integrationHttpMethod="integrationHttpMethod",
        timeoutInMillis="timeoutMilliseconds",
    )
    aws.apigateway.put_integration(**place, **request)
    return "agi-" + "-".join(place.values()), {}


@creates("aws:apigateway/integrationResponse:IntegrationResponse", again=True)
def _integration_response(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    place = _place(inputs) | {"statusCode": str(inputs["statusCode"])}
    request = _as_is(
        inputs, "selectionPattern", "responseParameters", "responseTemplates", "contentHandling"
    )
    aws.apigateway.put_integration_response(**place, **request)
    return "agir-" + "-".join(place.values()), {}


@creates("aws:apigateway/authorizer:Authorizer")
def _authorizer(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    answer = aws.apigateway.create_authorizer(
        restApiId=inputs["restApi"],
        name=physical_name(resource, 128),
        type=inputs.get("type", "TOKEN"),
        **_as_is(
            inputs,
            "authorizerUri",
            "authorizerCredentials",
            "authorizerResultTtlInSeconds",
            "identitySource",
            "identityValidationExpression",
            providerARNs="providerArns",
        ),
    )
    id_ = answer["id"]
    arn = f"arn:aws:apigateway:{aws.region}::/restapis/{inputs['restApi']}/authorizers/{id_}"
    return id_, {"arn": arn}


@updates("aws:apigateway/authorizer:Authorizer", "restApi", "type", "name", "providerArns")
def _change_authorizer(aws: Clients, resource: Registration, authorizer: str, _: Inputs) -> Created:
    inputs = resource.inputs
    patches: Any = [
        {"op": "replace", "path": f"/{key}", "value": str(inputs[key])}
        for key in (
            "authorizerUri",
            "authorizerCredentials",
            "authorizerResultTtlInSeconds",
            "identitySource",
            "identityValidationExpression",
        )
        if inputs.get(key) is not None
    ]
    api = inputs["restApi"]
    aws.apigateway.update_authorizer(
        restApiId=api, authorizerId=authorizer, patchOperations=patches
    )
    arn = f"arn:aws:apigateway:{aws.region}::/restapis/{api}/authorizers/{authorizer}"
    return authorizer, {"arn": arn}


@creates("aws:apigateway/requestValidator:RequestValidator")
def _validator(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    answer = aws.apigateway.create_request_validator(
        restApiId=inputs["restApi"],
        name=physical_name(resource, 128),
        **_as_is(inputs, "validateRequestBody", "validateRequestParameters"),
    )
    return answer["id"], {}


@creates("aws:apigateway/model:Model", again=True)
def _model(aws: Clients, resource: Registration) -> Created:
    inputs, api = resource.inputs, resource.inputs["restApi"]
    name = physical_name(resource, 128, separator="").replace("-", "")  # letters and digits only
    with suppress(aws.apigateway.exceptions.NotFoundException):
        aws.apigateway.delete_model(restApiId=api, modelName=name)
    answer = aws.apigateway.create_model(
        restApiId=api,
        name=name,
        contentType=inputs["contentType"],
        **_as_is(inputs, "description", "schema"),
    )
    return answer["id"], {"name": name}


@creates("aws:apigateway/response:Response", again=True)
def _gateway_response(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    aws.apigateway.put_gateway_response(
        restApiId=inputs["restApiId"],
        responseType=inputs["responseType"],
        **_as_is(inputs, "statusCode", "responseParameters", "responseTemplates"),
    )
    return f"aggr-{inputs['restApiId']}-{inputs['responseType']}", {}


def _place(inputs: dict[str, Any]) -> dict[str, Any]:
    return {
        "restApiId": inputs["restApi"],
        "resourceId": inputs["resourceId"],
        "httpMethod": inputs["httpMethod"],
    }


def _as_is(inputs: dict[str, Any], *keys: str, **renamed: str) -> dict[str, Any]:
    """Take the inputs that are given; this API's own names are in camelCase too."""
    return given(inputs, **{key: key for key in keys}, **renamed)
