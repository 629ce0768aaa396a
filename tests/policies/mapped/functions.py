"""Functions, their permissions, mappings and variables."""

from rampart_policies import aws
from tests.policies.identities import granted
from tests.policies.pair import pair, same, switch
from tests.policies.stacks import Made, allow, made

WORKER = made(aws.LAMBDA_FUNCTION, "worker", packageType="Zip", handler="h.main", role="r")
QUEUE = made(aws.SQS_QUEUE, "jobs")
CAUGHT = made(aws.LAMBDA_FUNCTION, "worker", deadLetterConfig={"targetArn": QUEUE.arn})
SOURCE = "arn:aws:execute-api:eu-west-1:111122223333:a1/*"
SIGNED = "arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1"


def permission(**inputs: str) -> Made:
    """Let something invoke a function."""
    return made(aws.LAMBDA_PERMISSION, function="worker", action="lambda:InvokeFunction", **inputs)


def url(**cors: list[str]) -> Made:
    return made(
        aws.LAMBDA_FUNCTION_URL, functionName=WORKER.id, authorizationType="AWS_IAM", cors=cors
    )


GATEWAY = "apigateway.amazonaws.com"
MAPPING = {"eventSourceArn": QUEUE.arn, "functionName": "worker"}
STREAM = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
TO_QUEUE = {"onFailure": {"destinationArn": QUEUE.arn}}
VPC = {"subnetIds": ["subnet-1", "subnet-2"], "securityGroupIds": ["sg-1"]}
VARIABLES = "environment.variables"

PAIRS = {
    "CKV_AWS_301": pair(
        permission(principal="arn:aws:iam::111122223333:role/caller"), permission(principal="*")
    ),
    "CKV_AWS_364": pair(
        permission(principal=GATEWAY, sourceArn=SOURCE), permission(principal=GATEWAY)
    ),
    "Lambda.1": pair(permission(principal=GATEWAY, sourceArn=SOURCE), permission(principal="*")),
    **same(
        switch(aws.LAMBDA_FUNCTION_URL, "authorizationType", "AWS_IAM", "NONE"),
        *("CKV_AWS_258", "LambdaFunctionUrlAuth", "CloudFront.16"),
    ),
    "CKV2_AWS_75": pair(
        [WORKER, url(allowOrigins=["https://shop.example.com"], allowMethods=["GET"])],
        [WORKER, url(allowOrigins=["*"], allowMethods=["*"])],
    ),
    **same(
        switch(aws.LAMBDA_FUNCTION, "runtime", "python3.13", "python3.7"),
        *("CKV_AWS_363", "Lambda.2", "L1", "Serverless-LambdaLatestVersion"),
    ),
    **same(
        switch(aws.LAMBDA_FUNCTION, "tracingConfig.mode", "Active", None),
        *("CKV_AWS_50", "Serverless-LambdaTracing", "Lambda.7"),
    ),
    **same(
        pair(
            [QUEUE, CAUGHT, permission(principal="s3.amazonaws.com", sourceArn=SOURCE)],
            [
                WORKER,
                made(aws.LAMBDA_INVOKE_CONFIG, functionName="worker", maximumRetryAttempts=2),
            ],
        ),
        *("CKV_AWS_116", "Serverless-LambdaDLQ", "LambdaAsyncFailureDestination"),
    ),
    "LambdaEventSourceMappingDestination": pair(
        made(
            aws.LAMBDA_EVENT_SOURCE_MAPPING,
            eventSourceArn=STREAM,
            functionName="worker",
            destinationConfig=TO_QUEUE,
        ),
        made(aws.LAMBDA_EVENT_SOURCE_MAPPING, eventSourceArn=STREAM, functionName="worker"),
    ),
    **same(
        switch(aws.LAMBDA_FUNCTION, "vpcConfig", VPC, None),
        *("CKV_AWS_117", "Lambda.3"),
    ),
    "Lambda.5": switch(aws.LAMBDA_FUNCTION, "vpcConfig", VPC, {**VPC, "subnetIds": ["subnet-1"]}),
    "CKV_AWS_173": switch(
        aws.LAMBDA_FUNCTION,
        "kmsKeyArn",
        "arn:aws:kms:::key/x",
        None,
        environment={"variables": {"TABLE": "orders"}},
    ),
    "CKV_AWS_45": switch(
        aws.LAMBDA_FUNCTION,
        VARIABLES,
        {"TABLE": "orders"},
        {
            "access_key": "AKIAIOSFODNN7EXAMPLE",
            "secret_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        },
    ),
    "ECS.8": switch(
        aws.ECS_TASK_DEFINITION,
        "containerDefinitions",
        '[{"name": "web", "environment": [{"name": "LOG_LEVEL", "value": "INFO"}]}]',
        '[{"name": "web", "environment": [{"name": "AWS_SECRET_ACCESS_KEY", "value": "x"}]}]',
    ),
    "CodeBuild.2": switch(
        aws.CODEBUILD_PROJECT,
        "environment.environmentVariables",
        [
            {"name": "AWS_SECRET_ACCESS_KEY", "value": "deploy", "type": "SECRETS_MANAGER"},
            {"name": "STAGE", "value": "prod"},
        ],
        [{"name": "AWS_SECRET_ACCESS_KEY", "value": "x", "type": "PLAINTEXT"}],
    ),
    "CKV_AWS_272": switch(aws.LAMBDA_FUNCTION, "codeSigningConfigArn", SIGNED, None),
    "Serverless-LambdaDefaultMemorySize": switch(
        aws.LAMBDA_FUNCTION, "memorySize", 512, None, timeout=10
    ),
    "LambdaDefaultTimeout": switch(aws.LAMBDA_FUNCTION, "timeout", 10, None, memorySize=512),
    "LambdaEventSourceSQSVisibilityTimeout": pair(
        [
            made(aws.SQS_QUEUE, "jobs", visibilityTimeoutSeconds=180),
            made(aws.LAMBDA_FUNCTION, "worker", timeout=30),
            made(aws.LAMBDA_EVENT_SOURCE_MAPPING, **MAPPING),
        ],
        [
            made(aws.SQS_QUEUE, "jobs", visibilityTimeoutSeconds=30),
            made(aws.LAMBDA_FUNCTION, "worker", timeout=30),
            made(aws.LAMBDA_EVENT_SOURCE_MAPPING, **MAPPING),
        ],
    ),
    "Serverless-LambdaStarPermissions": pair(
        granted(allow("dynamodb:GetItem", "arn:aws:dynamodb:::table/orders")),
        granted(allow("dynamodb:*", "arn:aws:dynamodb:::table/orders")),
    ),
}
