"""A DynamoDB table behind the boundary.

Creates, in order:
    <name>            aws.dynamodb.Table            customer key, point-in-time recovery
    <name>-throttled  aws.cloudwatch.MetricAlarm    requests that were turned away
    <name>-errors     aws.cloudwatch.MetricAlarm    failures of the service itself
"""

from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
from pulumi import Output
from pulumi_aws import cloudwatch, dynamodb

from pulumi_rampart._alarm import alarm_args
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.security_boundary import DATA_CLASS_TAG, Boundary
from pulumi_rampart.permission import Permission, key_statement


class SecureTableArgs(TypedDict):
    """What a system decides about its table."""

    boundary: Boundary
    """The wall: key, alarm topic."""
    hash_key: str
    """Partition key, a string attribute."""
    range_key: NotRequired[str]
    """Sort key, a string attribute. Default none."""
    expires_at: NotRequired[str]
    """Attribute with the epoch second after which an item may go. Default items stay."""


@dataclass(frozen=True, kw_only=True)
class SecureTableTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    table: Transform[dynamodb.TableArgs] = unchanged
    throttled: Transform[cloudwatch.MetricAlarmArgs] = unchanged
    errors: Transform[cloudwatch.MetricAlarmArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class SecureTableNodes:
    """The raw resources."""

    table: dynamodb.Table
    throttled: cloudwatch.MetricAlarm
    errors: cloudwatch.MetricAlarm


class SecureTable(pulumi.ComponentResource):
    """An on-demand table that can be restored to any second of the last 35 days.

    Example:
        records = SecureTable("records", {"boundary": boundary.args, "hash_key": "pk"})
        permissions = [records.allow("GetItem", "PutItem")]
    """

    table: Output[str]
    """The name."""
    arn: Output[str]
    """The ARN."""

    def __init__(
        self,
        name: str,
        args: SecureTableArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: SecureTableTransforms = SecureTableTransforms(),
    ) -> None:
        super().__init__("rampart:index:SecureTable", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        table = self._table()
        throttled = self._throttled(table)
        errors = self._errors(table)

        self.nodes = SecureTableNodes(table=table, throttled=throttled, errors=errors)
        self.table, self.arn = table.name, table.arn
        self.register_outputs({"table": self.table, "arn": self.arn})

    def _table(self) -> dynamodb.Table:
        keys = [self._args["hash_key"]]
        range_key = self._args.get("range_key")
        if range_key:
            keys.append(range_key)
        expires_at = self._args.get("expires_at")
        args = dynamodb.TableArgs(
            billing_mode="PAY_PER_REQUEST",
            hash_key=self._args["hash_key"],
            range_key=range_key,
            attributes=[dynamodb.TableAttributeArgs(name=key, type="S") for key in keys],
            ttl=dynamodb.TableTtlArgs(enabled=True, attribute_name=expires_at)
            if expires_at
            else None,
            server_side_encryption=dynamodb.TableServerSideEncryptionArgs(
                enabled=True, kms_key_arn=self._boundary["key_arn"]
            ),
            point_in_time_recovery=dynamodb.TablePointInTimeRecoveryArgs(enabled=True),
            deletion_protection_enabled=self._boundary["deletion_protection"],
            tags={DATA_CLASS_TAG: self._boundary["data_class"]},
        )
        self._transforms.table(args)
        return dynamodb.Table(self._name, args, opts=self._child)

    def _throttled(self, table: dynamodb.Table) -> cloudwatch.MetricAlarm:
        args = alarm_args(
            topic_arn=self._boundary["alarm_topic_arn"],
            description=f"{self._name} turned requests away",
            namespace="AWS/DynamoDB",
            metric="ThrottledRequests",
            dimensions={"TableName": table.name},
        )
        self._transforms.throttled(args)
        return cloudwatch.MetricAlarm(f"{self._name}-throttled", args, opts=self._child)

    def _errors(self, table: dynamodb.Table) -> cloudwatch.MetricAlarm:
        args = alarm_args(
            topic_arn=self._boundary["alarm_topic_arn"],
            description=f"DynamoDB itself failed for {self._name}",
            namespace="AWS/DynamoDB",
            metric="SystemErrors",
            dimensions={"TableName": table.name},
        )
        self._transforms.errors(args)
        return cloudwatch.MetricAlarm(f"{self._name}-errors", args, opts=self._child)

    def allow(self, *operations: str) -> Permission:
        """Allow operations by their API names, e.g. `allow("GetItem", "Query")`."""
        return {
            "statements": [
                {
                    "actions": [f"dynamodb:{operation}" for operation in operations],
                    "resources": [self.arn],
                },
                key_statement(
                    self._boundary["key_arn"],
                    self._boundary["region"],
                    "dynamodb",
                    ["kms:Decrypt"],
                ),
            ]
        }
