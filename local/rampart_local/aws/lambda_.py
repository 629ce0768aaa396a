"""AWS Lambda: functions and what invokes them."""

from contextlib import suppress
from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.assets import content
from rampart_local.aws.lambda_limits import check_environment, check_visibility
from rampart_local.aws.registry import (
    Created,
    Inputs,
    block,
    creates,
    given,
    pascal,
    physical_name,
    updates,
)
from rampart_local.clients import Clients
from rampart_local.executor.seam import PROXY_VALUE, PROXY_VARIABLE

_CONFIGURATION = ("role", "description", "timeout", "memorySize", "layers")
_NESTED = (
    "deadLetterConfig",
    "ephemeralStorage",
    "imageConfig",
    "loggingConfig",
    "tracingConfig",
    "snapStart",
    "vpcConfig",
)

# What a setting is when the program no longer has it.
# https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
_DEFAULTS: dict[str, Any] = {
    "description": "",
    "timeout": 3,
    "memorySize": 128,
    "layers": [],
    "kmsKeyArn": "",
    "deadLetterConfig": {},
    "ephemeralStorage": {"Size": 512},
    "loggingConfig": {"LogFormat": "Text"},
    "tracingConfig": {"Mode": "PassThrough"},
    "snapStart": {"ApplyOn": "None"},
    "vpcConfig": {"SubnetIds": [], "SecurityGroupIds": []},
}


@creates("aws:lambda/function:Function")
def _function(aws: Clients, resource: Registration) -> Created:
    name = physical_name(resource, 64)
    answer = aws.lambda_.create_function(
        FunctionName=name,
        Code=_code(resource.inputs),
        **given(resource.inputs, "architectures", "packageType", "publish"),
        **_configuration(resource.inputs),
    )
    return _outputs(aws, name, answer, resource.inputs)


@updates("aws:lambda/function:Function", "name", "packageType")
def _change_function(aws: Clients, resource: Registration, name: str, before: Inputs) -> Created:
    configuration = _configuration(resource.inputs)
    for key, default in _DEFAULTS.items():
        if before.get(key) and not resource.inputs.get(key):
            configuration["KMSKeyArn" if key == "kmsKeyArn" else key[:1].upper() + key[1:]] = (
                default
            )
    aws.lambda_.update_function_configuration(FunctionName=name, **configuration)
    answer = aws.lambda_.update_function_code(
        FunctionName=name,
        **_code(resource.inputs),
        **given(resource.inputs, "publish", "architectures"),
    )
    return _outputs(aws, name, answer, resource.inputs)


def _configuration(inputs: Inputs) -> dict[str, Any]:
    check_environment(inputs)
    # Every function is run by our executor, see executor/seam.py.
    declared = block(block(inputs, "environment"), "variables")
    configuration = given(inputs, *_CONFIGURATION, "handler", "runtime", KMSKeyArn="kmsKeyArn")
    configuration["Environment"] = {"Variables": {**declared, PROXY_VARIABLE: PROXY_VALUE}}
    for key in _NESTED:
        if inputs.get(key):
            configuration[key[:1].upper() + key[1:]] = pascal(inputs[key])
    if image := configuration.pop("ImageConfig", None):
        configuration["ImageConfig"] = given(
            image, Command="Commands", EntryPoint="EntryPoints", WorkingDirectory="WorkingDirectory"
        )
    return configuration


def _code(inputs: Inputs) -> Any:  # noqa: ANN401  # two SDK calls take it differently
    if inputs.get("imageUri"):
        return {"ImageUri": inputs["imageUri"]}
    if inputs.get("s3Bucket"):
        return given(inputs, "s3Bucket", "s3Key", "s3ObjectVersion")
    return {"ZipFile": content(inputs["code"])}


def _outputs(aws: Clients, name: str, answer: Any, inputs: Inputs) -> Created:  # noqa: ANN401  # two SDK types
    # Other limits are kept by our executor, which lets work wait instead of refusing it.
    if inputs.get("reservedConcurrentExecutions") == 0:
        aws.lambda_.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=0)
    else:
        aws.lambda_.delete_function_concurrency(FunctionName=name)
    arn = f"arn:aws:lambda:{aws.region}:{aws.account}:function:{name}"
    version = answer.get("Version", "$LATEST")
    return name, {
        "arn": arn,
        "name": name,
        "invokeArn": _invoke_arn(aws, arn),
        "qualifiedArn": f"{arn}:{version}",
        "qualifiedInvokeArn": _invoke_arn(aws, f"{arn}:{version}"),
        "version": version,
        "codeSha256": answer.get("CodeSha256", ""),
        "sourceCodeSize": answer.get("CodeSize", 0),
        "lastModified": answer.get("LastModified", ""),
    }


def _invoke_arn(aws: Clients, arn: str) -> str:
    return f"arn:aws:apigateway:{aws.region}:lambda:path/2015-03-31/functions/{arn}/invocations"


@creates("aws:lambda/alias:Alias", again=True, unenforced="routing weights are ignored")
def _alias(aws: Clients, resource: Registration) -> Created:
    inputs, name = resource.inputs, physical_name(resource, 128)
    request: Any = {
        "FunctionName": inputs["functionName"],
        "Name": name,
        "FunctionVersion": inputs["functionVersion"],
    } | given(inputs, "description")
    try:
        arn = aws.lambda_.create_alias(**request)["AliasArn"]
    except aws.lambda_.exceptions.ResourceConflictException:
        arn = aws.lambda_.update_alias(**request)["AliasArn"]
    return arn, {"arn": arn, "name": name, "invokeArn": _invoke_arn(aws, arn)}


@creates("aws:lambda/layerVersion:LayerVersion", again=True)
def _layer(aws: Clients, resource: Registration) -> Created:
    inputs, name = resource.inputs, physical_name(resource, 140, key="layerName")
    if inputs.get("s3Bucket"):
        code: Any = given(inputs, "s3Bucket", "s3Key", "s3ObjectVersion")
    else:
        code = {"ZipFile": content(inputs["code"])}
    request: Any = given(inputs, "compatibleRuntimes", "compatibleArchitectures", "description")
    answer = aws.lambda_.publish_layer_version(LayerName=name, Content=code, **request)
    arn = answer["LayerVersionArn"]
    return arn, {
        "arn": arn,
        "layerArn": answer["LayerArn"],
        "layerName": name,
        "version": str(answer["Version"]),
    }


@creates(
    "aws:lambda/permission:Permission",
    again=True,
    unenforced="services invoke functions without it",
)
def _permission(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    function = inputs["function"]
    statement = physical_name(resource, 100, key="statementId")
    qualifier: Any = given(inputs, "qualifier")
    with suppress(aws.lambda_.exceptions.ResourceNotFoundException):
        aws.lambda_.remove_permission(FunctionName=function, StatementId=statement, **qualifier)
    aws.lambda_.add_permission(
        FunctionName=function,
        StatementId=statement,
        Action=inputs["action"],
        Principal=inputs["principal"],
        **given(inputs, "sourceArn", "sourceAccount", "qualifier"),
    )
    return statement, {"statementId": statement}


@creates("aws:lambda/eventSourceMapping:EventSourceMapping")
def _mapping(aws: Clients, resource: Registration) -> Created:
    check_visibility(aws, resource.inputs)
    request = _mapping_request(resource.inputs)
    answer = aws.lambda_.create_event_source_mapping(
        **request, **given(resource.inputs, "eventSourceArn", "startingPosition")
    )
    return _mapping_outputs(answer)


@updates(
    "aws:lambda/eventSourceMapping:EventSourceMapping",
    "eventSourceArn",
    "startingPosition",
    "startingPositionTimestamp",
)
def _change_mapping(aws: Clients, resource: Registration, uuid: str, before: Inputs) -> Created:
    check_visibility(aws, resource.inputs)
    request = _mapping_request(resource.inputs)
    for key, default in _MAPPING_DEFAULTS.items():
        if before.get(key) is not None and resource.inputs.get(key) is None:
            request[key[:1].upper() + key[1:]] = default
    streams = ":sqs:" not in str(resource.inputs.get("eventSourceArn"))
    if resource.inputs.get("batchSize") is None and streams:
        request["BatchSize"] = 100
    return _mapping_outputs(aws.lambda_.update_event_source_mapping(UUID=uuid, **request))


# https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
_MAPPING_DEFAULTS: dict[str, Any] = {
    "batchSize": 10,
    "bisectBatchOnFunctionError": False,
    "enabled": True,
    "filterCriteria": {},
    "functionResponseTypes": [],
    "maximumBatchingWindowInSeconds": 0,
    "maximumRecordAgeInSeconds": -1,
    "maximumRetryAttempts": -1,
    "parallelizationFactor": 1,
    "scalingConfig": {},
}


def _mapping_request(inputs: Inputs) -> dict[str, Any]:
    request = given(
        inputs,
        "functionName",
        "batchSize",
        "enabled",
        "functionResponseTypes",
        "bisectBatchOnFunctionError",
        "maximumRetryAttempts",
        "maximumRecordAgeInSeconds",
        "parallelizationFactor",
        "tumblingWindowInSeconds",
        MaximumBatchingWindowInSeconds="maximumBatchingWindowInSeconds",
    )
    for key in ("filterCriteria", "scalingConfig", "provisionedPollerConfig"):
        if inputs.get(key):
            request[key[:1].upper() + key[1:]] = pascal(inputs[key])
    if failed := inputs.get("destinationConfig", {}).get("onFailure"):
        # The provider's name for it is not Lambda's.
        request["DestinationConfig"] = {"OnFailure": {"Destination": failed["destinationArn"]}}
    return request


def _mapping_outputs(answer: Any) -> Created:  # noqa: ANN401  # two SDK types
    uuid = answer["UUID"]
    arn = answer.get("EventSourceMappingArn", "")
    return uuid, {"uuid": uuid, "arn": arn, "functionArn": answer.get("FunctionArn", "")}


@creates(
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    again=True,
    unenforced="success destinations are not sent to",
)
def _event_invoke_config(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    request = given(inputs, "maximumRetryAttempts", "qualifier")
    request |= given(inputs, MaximumEventAgeInSeconds="maximumEventAgeInSeconds")
    if inputs.get("destinationConfig"):
        request["DestinationConfig"] = pascal(inputs["destinationConfig"])
    function = inputs["functionName"]
    aws.lambda_.put_function_event_invoke_config(FunctionName=function, **request)
    return f"{function}:{inputs.get('qualifier', '$LATEST')}", {}


@creates(
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
    again=True,
    unenforced="environments start when they are needed",
)
def _provisioned(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    aws.lambda_.put_provisioned_concurrency_config(
        FunctionName=inputs["functionName"],
        Qualifier=inputs["qualifier"],
        ProvisionedConcurrentExecutions=inputs["provisionedConcurrentExecutions"],
    )
    return f"{inputs['functionName']},{inputs['qualifier']}", {}


@creates(
    "aws:lambda/invocation:Invocation",
    runs_code=True,
    unenforced="its result is not known to the program",
)
def _invocation(aws: Clients, resource: Registration) -> Created:
    function = resource.inputs["functionName"]
    answer = aws.lambda_.invoke(FunctionName=function, Payload=resource.inputs["input"])
    result = answer["Payload"].read().decode()
    if "FunctionError" in answer:
        raise ValueError(f"{function} answered {result}")
    return resource.name, {"result": result}
