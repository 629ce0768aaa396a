"""Functions and their APIs, changed."""

import json
from typing import Any

from tests.local.changed_resources.case import Case, Show


def stage(key: str) -> Show:
    return lambda aws, _, known: aws.apigateway.get_stage(
        restApiId=known["restApi"], stageName="v1"
    ).get(key)


def configuration(key: str) -> Show:
    return lambda aws, id_, _: aws.lambda_.get_function_configuration(FunctionName=id_).get(key)


def acl(aws: Any, id_: str, known: dict[str, Any]) -> Any:  # noqa: ANN401  # the SDK's answer
    return aws.wafv2.get_web_acl(Name=known["name"], Scope="REGIONAL", Id=id_)["WebACL"]


def method(aws: Any, _: str, known: dict[str, Any]) -> object:  # noqa: ANN401  # the clients
    found = aws.apigateway.get_method(
        restApiId=known["restApi"], resourceId=known["resourceId"], httpMethod="POST"
    )
    return [found["apiKeyRequired"], found["methodIntegration"]["type"]]


CASES: dict[str, list[Case]] = {
    "aws:lambda/function:Function": [
        Case(
            name="function",
            before={"description": "before", "timeout": 9},
            after={"reservedConcurrentExecutions": 0, "layers": None, "tracingConfig": None},
            show=lambda aws, id_, known: (
                [
                    configuration(key)(aws, id_, known)
                    for key in ("Timeout", "Description", "Layers")
                ]
                + [
                    aws.lambda_.get_function_concurrency(FunctionName=id_).get(
                        "ReservedConcurrentExecutions"
                    )
                ]
            ),
            shown=[3, "", [], 0],
        )
    ],
    "aws:lambda/eventSourceMapping:EventSourceMapping": [
        Case(
            name="table",
            before={"batchSize": 50},
            after={"maximumRetryAttempts": 4},
            show=lambda aws, id_, _: [
                aws.lambda_.get_event_source_mapping(UUID=id_).get(key)
                for key in ("BatchSize", "MaximumRetryAttempts")
            ],
            shown=[100, 4],
        )
    ],
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": [
        Case(
            name="function",
            after={"maximumRetryAttempts": 0},
            show=lambda aws, _, known: aws.lambda_.get_function_event_invoke_config(
                FunctionName=known["functionName"]
            )["MaximumRetryAttempts"],
            shown=0,
        )
    ],
    "aws:lambda/permission:Permission": [
        Case(
            name="api",
            after={"principal": "events.amazonaws.com"},
            show=lambda aws, _, known: [
                each["Principal"]
                for each in json.loads(
                    aws.lambda_.get_policy(FunctionName=known["function"])["Policy"]
                )["Statement"]
            ],
            shown=[{"Service": "events.amazonaws.com"}],
        )
    ],
    "aws:apigateway/restApi:RestApi": [
        Case(
            name="api",
            after={"description": "after"},
            show=lambda aws, id_, _: aws.apigateway.get_rest_api(restApiId=id_)["description"],
            shown="after",
        )
    ],
    "aws:apigateway/authorizer:Authorizer": [
        Case(
            name="jwt",
            after={"authorizerResultTtlInSeconds": 60},
            show=lambda aws, id_, known: aws.apigateway.get_authorizer(
                restApiId=known["restApi"], authorizerId=id_
            )["authorizerResultTtlInSeconds"],
            shown=60,
        )
    ],
    "aws:apigateway/stage:Stage": [
        Case(
            name="v1",
            before={"variables": {"old": "1", "both": "1"}, "description": "before"},
            after={"variables": {"both": "2"}},
            show=stage("variables"),
            shown={"both": "2"},
        )
    ],
    "aws:apigateway/apiKey:ApiKey": [
        Case(
            name="key",
            after={"enabled": False},
            show=lambda aws, id_, _: aws.apigateway.get_api_key(apiKey=id_)["enabled"],
            shown=False,
        )
    ],
    "aws:apigateway/method:Method": [
        Case(
            name="post",
            after={"apiKeyRequired": True},
            show=method,
            shown=[True, "AWS_PROXY"],
        )
    ],
    "aws:wafv2/webAcl:WebAcl": [
        Case(
            name="acl",
            after={"rules": []},
            show=lambda aws, id_, known: acl(aws, id_, known)["Rules"],
            shown=[],
        )
    ],
    "aws:wafv2/ipSet:IpSet": [
        Case(
            name="blocked",
            after={"addresses": ["198.51.100.0/24"]},
            show=lambda aws, id_, known: aws.wafv2.get_ip_set(
                Name=known["name"], Scope="REGIONAL", Id=id_
            )["IPSet"]["Addresses"],
            shown=["198.51.100.0/24"],
        )
    ],
}
