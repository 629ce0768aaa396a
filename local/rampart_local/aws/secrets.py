"""AWS Secrets Manager and Systems Manager parameters."""

from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import Created, Inputs, creates, given, physical_name, updates
from rampart_local.clients import Clients


@creates("aws:secretsmanager/secret:Secret")
def _secret(aws: Clients, resource: Registration) -> Created:
    answer = aws.secretsmanager.create_secret(
        Name=physical_name(resource, 512), **given(resource.inputs, "description", "kmsKeyId")
    )
    arn = answer["ARN"]
    if version := answer.get("VersionId"):
        # The embedded AWS gives every secret an empty version; a secret without a value has none.
        aws.secretsmanager.update_secret_version_stage(
            SecretId=arn, VersionStage="AWSCURRENT", RemoveFromVersionId=version
        )
    if policy := resource.inputs.get("policy"):
        aws.secretsmanager.put_resource_policy(SecretId=arn, ResourcePolicy=policy)
    return arn, {"arn": arn, "name": answer["Name"]}


@updates("aws:secretsmanager/secret:Secret", "name", "namePrefix")
def _change_secret(aws: Clients, resource: Registration, arn: str, before: Inputs) -> Created:
    aws.secretsmanager.update_secret(
        SecretId=arn,
        Description=resource.inputs.get("description", ""),
        **given(resource.inputs, "kmsKeyId"),
    )
    if policy := resource.inputs.get("policy"):
        aws.secretsmanager.put_resource_policy(SecretId=arn, ResourcePolicy=policy)
    elif before.get("policy"):
        aws.secretsmanager.delete_resource_policy(SecretId=arn)
    return arn, {"arn": arn, "name": physical_name(resource, 512)}


@creates("aws:secretsmanager/secretVersion:SecretVersion", again=True)
def _secret_version(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    request: Any = given(inputs, "secretString", "secretBinary", "versionStages")
    answer = aws.secretsmanager.put_secret_value(SecretId=inputs["secretId"], **request)
    version = answer["VersionId"]
    return f"{inputs['secretId']}|{version}", {"arn": answer["ARN"], "versionId": version}


@creates("aws:secretsmanager/secretPolicy:SecretPolicy", again=True)
def _secret_policy(aws: Clients, resource: Registration) -> Created:
    secret = resource.inputs["secretArn"]
    aws.secretsmanager.put_resource_policy(
        SecretId=secret, ResourcePolicy=resource.inputs["policy"]
    )
    return secret, {}


@creates(
    "aws:secretsmanager/secretRotation:SecretRotation",
    again=True,
    unenforced="the rotation function is never called",
)
def _secret_rotation(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    rules: Any = given(
        inputs["rotationRules"],
        "automaticallyAfterDays",
        "duration",
        "scheduleExpression",
    )
    aws.secretsmanager.rotate_secret(
        SecretId=inputs["secretId"],
        RotationRules=rules,
        RotateImmediately=False,
        **given(inputs, RotationLambdaARN="rotationLambdaArn"),
    )
    return inputs["secretId"], {"rotationEnabled": True}


@creates("aws:ssm/parameter:Parameter", again=True)
def _parameter(aws: Clients, resource: Registration) -> Created:
    inputs, name = resource.inputs, physical_name(resource, 1011)
    request: Any = given(inputs, "type", "description", "tier", "dataType", "allowedPattern")
    if inputs.get("keyId"):
        request["KeyId"] = inputs["keyId"]
    value = inputs["value"] if "value" in inputs else inputs["insecureValue"]
    answer = aws.ssm.put_parameter(Name=name, Value=value, Overwrite=True, **request)
    path = name if name.startswith("/") else f"/{name}"
    arn = f"arn:aws:ssm:{aws.region}:{aws.account}:parameter{path}"
    return name, {"arn": arn, "name": name, "version": answer["Version"]}
