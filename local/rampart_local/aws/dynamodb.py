"""Amazon DynamoDB."""

from typing import Any

from pulumi_rampart.testing import Registration
from rampart_local.aws.registry import (
    Created,
    Inputs,
    block,
    creates,
    given,
    many,
    pascal,
    physical_name,
    updates,
)
from rampart_local.clients import Clients


@creates("aws:dynamodb/table:Table")
def _table(aws: Clients, resource: Registration) -> Created:
    inputs = resource.inputs
    name = physical_name(resource, 255)
    request: dict[str, Any] = {
        "TableName": name,
        "BillingMode": inputs.get("billingMode", "PROVISIONED"),
        "AttributeDefinitions": _definitions(inputs),
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
        request["StreamSpecification"] = _stream(inputs)
    if encryption := inputs.get("serverSideEncryption"):
        request["SSESpecification"] = {
            "Enabled": encryption.get("enabled", False),
            "SSEType": "KMS",
            **given(encryption, KMSMasterKeyId="kmsKeyArn"),
        }
    table = aws.dynamodb.create_table(**request)["TableDescription"]
    _afterwards(aws, name, inputs)
    return _outputs(name, table)


@updates("aws:dynamodb/table:Table", "name", "hashKey", "rangeKey", "localSecondaryIndexes")
def _change_table(aws: Clients, resource: Registration, name: str, before: Inputs) -> Created:
    inputs = resource.inputs
    billing = inputs.get("billingMode", "PROVISIONED")
    request: dict[str, Any] = {
        "BillingMode": billing,
        "DeletionProtectionEnabled": bool(inputs.get("deletionProtectionEnabled")),
        **given(inputs, "tableClass"),
    }
    if billing == "PROVISIONED":
        request["ProvisionedThroughput"] = _throughput(inputs)
    if bool(inputs.get("streamEnabled")) != bool(before.get("streamEnabled")):
        request["StreamSpecification"] = _stream(inputs)
    aws.dynamodb.update_table(TableName=name, **request)
    there = aws.dynamodb.describe_table(TableName=name)["Table"]
    names = {each.get("IndexName", "") for each in there.get("GlobalSecondaryIndexes", [])}
    for change in _index_changes(inputs, before, billing, names):
        aws.dynamodb.update_table(
            TableName=name,
            AttributeDefinitions=_definitions(inputs),
            GlobalSecondaryIndexUpdates=[change],
        )
    _afterwards(aws, name, inputs, before)
    return _outputs(name, aws.dynamodb.describe_table(TableName=name)["Table"])


def _index_changes(inputs: Inputs, before: Inputs, billing: str, names: set[str]) -> list[Any]:
    """Delete and create one index after the other, as AWS demands; a changed one is both."""
    wanted = {each["name"]: each for each in many(inputs, "globalSecondaryIndexes")}
    there = {each["name"]: each for each in many(before, "globalSecondaryIndexes")}
    gone = [name for name in there if name in names and wanted.get(name) != there[name]]
    new = [name for name in wanted if name in gone or name not in names]
    return [
        *({"Delete": {"IndexName": name}} for name in gone),
        *({"Create": _index(wanted[name], billing)} for name in new),
    ]


def _stream(inputs: Inputs) -> dict[str, Any]:
    if not inputs.get("streamEnabled"):
        return {"StreamEnabled": False}
    view = inputs.get("streamViewType", "NEW_AND_OLD_IMAGES")
    return {"StreamEnabled": True, "StreamViewType": view}


def _definitions(inputs: Inputs) -> list[Any]:
    return [
        {"AttributeName": each["name"], "AttributeType": each["type"]}
        for each in many(inputs, "attributes")
    ]


def _outputs(name: str, table: Any) -> Created:  # noqa: ANN401  # two SDK types
    return name, {
        "arn": table.get("TableArn", ""),
        "name": name,
        "streamArn": table.get("LatestStreamArn", ""),
        "streamLabel": table.get("LatestStreamLabel", ""),
    }


def _afterwards(aws: Clients, name: str, inputs: Inputs, before: Inputs | None = None) -> None:
    """Switch on and off what the API takes only for a table that exists."""
    ttl, old = block(inputs, "ttl"), block(before or {}, "ttl")
    if old.get("enabled") and ttl != old:
        aws.dynamodb.update_time_to_live(
            TableName=name,
            TimeToLiveSpecification={"Enabled": False, "AttributeName": old["attributeName"]},
        )
    if ttl.get("enabled") and ttl != old:
        aws.dynamodb.update_time_to_live(
            TableName=name,
            TimeToLiveSpecification={"Enabled": True, "AttributeName": ttl["attributeName"]},
        )
    recovery = bool(block(inputs, "pointInTimeRecovery").get("enabled"))
    if recovery or before:
        aws.dynamodb.update_continuous_backups(
            TableName=name,
            PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": recovery},
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
