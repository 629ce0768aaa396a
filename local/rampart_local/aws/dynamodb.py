"""Amazon DynamoDB."""

from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import Created, block, creates, given, pascal, physical_name
from rampart_local.clients import Clients


@creates("aws:dynamodb/table:Table")
def _table(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    name = physical_name(resource, 255)
    request: dict[str, Any] = {
        "TableName": name,
        "BillingMode": inputs.get("billingMode", "PROVISIONED"),
        "AttributeDefinitions": [
            {"AttributeName": each["name"], "AttributeType": each["type"]}
            for each in inputs.get("attributes", [])
        ],
        "KeySchema": _keys(inputs),
        **given(inputs, "tableClass", "deletionProtectionEnabled"),
    }
    if request["BillingMode"] == "PROVISIONED":
        request["ProvisionedThroughput"] = _throughput(inputs)
    for ours, theirs in (
        ("globalSecondaryIndexes", "GlobalSecondaryIndexes"),
        ("localSecondaryIndexes", "LocalSecondaryIndexes"),
    ):
        if inputs.get(ours):
            request[theirs] = [_index(each, request["BillingMode"]) for each in inputs[ours]]
    if inputs.get("streamEnabled"):
        view = inputs.get("streamViewType", "NEW_AND_OLD_IMAGES")
        request["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": view}
    if encryption := inputs.get("serverSideEncryption"):
        request["SSESpecification"] = {
            "Enabled": encryption.get("enabled", False),
            "SSEType": "KMS",
            **given(encryption, KMSMasterKeyId="kmsKeyArn"),
        }
    table = aws.dynamodb.create_table(**request)["TableDescription"]
    _afterwards(aws, name, inputs)
    return name, {
        "arn": table.get("TableArn", ""),
        "name": name,
        "streamArn": table.get("LatestStreamArn", ""),
        "streamLabel": table.get("LatestStreamLabel", ""),
    }


def _afterwards(aws: Clients, name: str, inputs: dict[str, Any]) -> None:
    """Switch on what the API takes only for a table that exists."""
    ttl = block(inputs, "ttl")
    if ttl.get("enabled"):
        aws.dynamodb.update_time_to_live(
            TableName=name,
            TimeToLiveSpecification={"Enabled": True, "AttributeName": ttl["attributeName"]},
        )
    if block(inputs, "pointInTimeRecovery").get("enabled"):
        aws.dynamodb.update_continuous_backups(
            TableName=name,
            PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
        )


def _keys(described: dict[str, Any]) -> list[dict[str, str]]:
    if "keySchemas" in described:
        return [pascal(each) for each in described["keySchemas"]]
    keys = [("hashKey", "HASH"), ("rangeKey", "RANGE")]
    return [
        {"AttributeName": described[key], "KeyType": kind}
        for key, kind in keys
        if described.get(key)
    ]


def _index(described: dict[str, Any], billing_mode: str) -> dict[str, Any]:
    index = {
        "IndexName": described["name"],
        "KeySchema": _keys(described),
        "Projection": given(described, "projectionType", "nonKeyAttributes"),
    }
    if billing_mode == "PROVISIONED" and "hashKey" in described:
        index["ProvisionedThroughput"] = _throughput(described)
    return index


def _throughput(described: dict[str, Any]) -> dict[str, int]:
    return {
        "ReadCapacityUnits": described.get("readCapacity", 1),
        "WriteCapacityUnits": described.get("writeCapacity", 1),
    }
