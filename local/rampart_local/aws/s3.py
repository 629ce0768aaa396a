"""Amazon S3: buckets and what is set on them. Objects: objects.py."""

from contextlib import suppress
from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import (
    RECORDED_ONLY,
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

_EVENT_TARGETS = (
    ("lambdaFunctions", "LambdaFunctionConfigurations", "lambdaFunctionArn", "LambdaFunctionArn"),
    ("queues", "QueueConfigurations", "queueArn", "QueueArn"),
    ("topics", "TopicConfigurations", "topicArn", "TopicArn"),
)

RECORDED_ONLY[
    "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration"
] = "the embedded AWS has one storage class"


@creates("aws:s3/bucket:Bucket")
def _bucket(aws: Clients, resource: Registration) -> Created:
    name = physical_name(resource, 63, key="bucket").lower().replace("_", "-")
    request: dict[str, Any] = {"Bucket": name}
    if aws.region != "us-east-1":  # which the API refuses to be told
        request["CreateBucketConfiguration"] = {"LocationConstraint": aws.region}
    if resource.inputs.get("objectLockEnabled"):
        request["ObjectLockEnabledForBucket"] = True
    # A deployment that was interrupted may have left it.
    with suppress(aws.s3.exceptions.BucketAlreadyOwnedByYou):
        aws.s3.create_bucket(**request)
    return _bucket_outputs(aws, name)


@updates("aws:s3/bucket:Bucket", "bucket", "bucketPrefix", "objectLockEnabled")
def _change_bucket(aws: Clients, _: Registration, name: str, __: Inputs) -> Created:
    # Nothing of a bucket itself can be changed; its settings are resources of their own.
    return _bucket_outputs(aws, name)


def _bucket_outputs(aws: Clients, name: str) -> Created:
    return name, {
        "arn": f"arn:aws:s3:::{name}",
        "bucket": name,
        "bucketDomainName": f"{name}.s3.amazonaws.com",
        "bucketRegionalDomainName": f"{name}.s3.{aws.region}.amazonaws.com",
    }


@creates("aws:s3/bucketVersioning:BucketVersioning", again=True)
def _versioning(aws: Clients, resource: Registration) -> Created:
    bucket = resource.inputs["bucket"]
    status = resource.inputs["versioningConfiguration"]["status"]
    aws.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": status})
    return bucket, {}


@creates(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    again=True,
)
def _encryption(aws: Clients, resource: Registration) -> Created:
    bucket = resource.inputs["bucket"]
    rules: list[Any] = []
    for rule in resource.inputs["rules"]:
        default = block(rule, "applyServerSideEncryptionByDefault")
        rules.append(
            {
                "ApplyServerSideEncryptionByDefault": given(
                    default, SSEAlgorithm="sseAlgorithm", KMSMasterKeyID="kmsMasterKeyId"
                ),
                **given(rule, "bucketKeyEnabled"),
            }
        )
    aws.s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": rules})
    return bucket, {}


@creates("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", again=True)
def _public_access(aws: Clients, resource: Registration) -> Created:
    bucket = resource.inputs["bucket"]
    keys = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    block: Any = given(resource.inputs, *keys)
    aws.s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=block)
    return bucket, {}


@creates("aws:s3/bucketPolicy:BucketPolicy", again=True)
def _policy(aws: Clients, resource: Registration) -> Created:
    bucket = resource.inputs["bucket"]
    aws.s3.put_bucket_policy(Bucket=bucket, Policy=resource.inputs["policy"])
    return bucket, {}


@creates(
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    again=True,
    unenforced="objects do not expire and do not move to other storage classes",
)
def _lifecycle(aws: Clients, resource: Registration) -> Created:
    bucket = resource.inputs["bucket"]
    configuration: Any = {"Rules": [_lifecycle_rule(each) for each in resource.inputs["rules"]]}
    aws.s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration=configuration)
    return bucket, {}


def _lifecycle_rule(rule: Inputs) -> Any:  # noqa: ANN401  # the SDK's shape
    described = pascal({key: each for key, each in rule.items() if key != "id"})
    described.setdefault("Filter", {"Prefix": ""})
    for action in ("AbortIncompleteMultipartUpload", "Expiration"):
        if action in described:
            described[action] = {k: v for k, v in described[action].items() if v is not None}
    return {"ID": rule["id"], **described}


@creates("aws:s3/bucketLogging:BucketLogging", again=True, unenforced="no access logs are written")
def _logging(aws: Clients, resource: Registration) -> Created:
    bucket = resource.inputs["bucket"]
    enabled: Any = given(resource.inputs, "targetBucket", "targetPrefix")
    aws.s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={"LoggingEnabled": enabled})
    return bucket, {}


@creates("aws:s3/bucketOwnershipControls:BucketOwnershipControls", again=True)
def _ownership(aws: Clients, resource: Registration) -> Created:
    bucket = resource.inputs["bucket"]
    rule: Any = pascal(resource.inputs["rule"])
    aws.s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [rule]})
    return bucket, {}


@creates("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration", again=True)
def _cors(aws: Clients, resource: Registration) -> Created:
    bucket = resource.inputs["bucket"]
    rules: Any = [
        given(
            rule,
            "allowedHeaders",
            "allowedMethods",
            "allowedOrigins",
            "exposeHeaders",
            "maxAgeSeconds",
            ID="id",
        )
        for rule in resource.inputs["corsRules"]
    ]
    aws.s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": rules})
    return bucket, {}


@creates("aws:s3/bucketNotification:BucketNotification", again=True)
def _notification(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    configuration: Any = {"EventBridgeConfiguration": {}} if inputs.get("eventbridge") else {}
    for ours, theirs, arn_key, arn_name in _EVENT_TARGETS:
        if inputs.get(ours):
            configuration[theirs] = [
                _event_target(each, index, arn_key, arn_name)
                for index, each in enumerate(inputs[ours])
            ]
    aws.s3.put_bucket_notification_configuration(
        Bucket=inputs["bucket"], NotificationConfiguration=configuration
    )
    return inputs["bucket"], {}


def _event_target(each: Inputs, index: int, arn_key: str, arn_name: str) -> dict[str, Any]:
    rules = [
        {"Name": name, "Value": each[key]}
        for name, key in (("prefix", "filterPrefix"), ("suffix", "filterSuffix"))
        if each.get(key)
    ]
    return {
        "Id": each.get("id", f"notification-{index}"),
        arn_name: each[arn_key],
        "Events": each["events"],
        **({"Filter": {"Key": {"FilterRules": rules}}} if rules else {}),
    }
