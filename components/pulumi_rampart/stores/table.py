"""A DynamoDB table behind the boundary.

Creates, in order:
    <name>            aws.dynamodb.Table            customer key, point-in-time recovery
    <name>-throttled  aws.cloudwatch.MetricAlarm    requests that were turned away
    <name>-errors     aws.cloudwatch.MetricAlarm    failures of the service itself
"""

from typing import Annotated, NotRequired, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, dynamodb

from pulumi_rampart.alarm import COUNT, FIVE_MINUTES, AlarmChoices, computed_alarm
from pulumi_rampart.arguments import AlsoCalled, Distinct, Length, OneOf, checked, refused
from pulumi_rampart.boundary.args import DATA_CLASS_TAG, Boundary, boundary_of
from pulumi_rampart.component import Component
from pulumi_rampart.permission import Permission, key_statement, permission
from pulumi_rampart.stores.dynamodb_actions import problem

# https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_KeySchemaElement.html
# https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TimeToLiveSpecification.html
ATTRIBUTE = Length(1, 255, "take a short name, which every item repeats.")


# A few are part of how an on-demand table grows, and the SDK repeats them.
MANY_THROTTLES, MANY_ERRORS = 10, 10
OFF = OneOf(("throttles", "errors"), "these are a table's alarms.")


class TableAlarmChoices(AlarmChoices):
    """When a table is worth an alarm."""

    throttles: NotRequired[Annotated[float, COUNT]]
    """Reads and writes turned away in a period above which it fires. Default 10."""
    errors: NotRequired[Annotated[float, COUNT]]
    """Failures of DynamoDB itself in a period above which it fires. Default 10."""
    off: NotRequired[Annotated[list[Annotated[str, OFF]], Distinct()]]
    """Alarms that are not made: throttles, errors. Default both are made."""


class SecureTableArgs(TypedDict):
    """What a system decides about its table."""

    boundary: Input[Boundary]
    """Key, alarm topic, deletion protection, and how sensitive the data is."""
    hash_key: Annotated[str, AlsoCalled(("partition_key", "primary_key")), ATTRIBUTE]
    """Partition key, a string attribute; 1 to 255 characters."""
    range_key: NotRequired[Annotated[str, AlsoCalled(("sort_key",)), ATTRIBUTE]]
    """Sort key, a string attribute; 1 to 255 characters. Default none."""
    expires_at: NotRequired[
        Annotated[str, AlsoCalled(("ttl", "ttl_attribute", "time_to_live_attribute")), ATTRIBUTE]
    ]
    """Attribute with the epoch second after which an item may go. Default items stay."""
    alarms: NotRequired[TableAlarmChoices]
    """Limits of its alarms, and which are off. Default those of each."""


class SecureTable(Component):
    """An on-demand table that can be restored to any second of the last 35 days.

    Example:
        records = SecureTable("records", {"boundary": boundary.args, "hash_key": "pk"})
        permissions = [records.allow("GetItem", "PutItem")]
    """

    NAMES = (
        ("{name}", dynamodb.Table),
        ("{name}-throttled", cloudwatch.MetricAlarm),
        ("{name}-errors", cloudwatch.MetricAlarm),
    )

    table: Output[str]
    """The name."""
    arn: Output[str]
    """The ARN."""

    def __init__(
        self, name: str, args: SecureTableArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, SecureTableArgs)
        self._boundary = boundary_of(self._args["boundary"])
        self._check(name)
        super().__init__(name, opts, boundary=self._boundary)

        self.dynamodb_table = self._table()
        self._choices = self._args.get("alarms", {})
        off = self._choices.get("off", [])
        self.throttled = None if "throttles" in off else self._throttled()
        self.errors = None if "errors" in off else self._errors()

        self.table, self.arn = self.dynamodb_table.name, self.dynamodb_table.arn
        self.register_outputs()

    def _check(self, name: str) -> None:
        keys = self._keys()
        if len(set(keys)) < len(keys):
            raise refused(
                name,
                "range_key",
                "the two keys are two attributes; name another one than `hash_key`, or leave it "
                "out.",
                got=keys[-1],
            )
        if self._args.get("expires_at") in keys:
            raise refused(
                name,
                "expires_at",
                "the keys are strings and DynamoDB expires items by a number only; name an "
                "attribute of its own.",
                got=self._args.get("expires_at"),
            )

    def _keys(self) -> list[str]:
        keys = [self._args["hash_key"]]
        return [*keys, self._args["range_key"]] if "range_key" in self._args else keys

    def _table(self) -> dynamodb.Table:
        ttl: dynamodb.TableTtlArgsDict | None = None
        if "expires_at" in self._args:
            ttl = {"enabled": True, "attribute_name": self._args["expires_at"]}
        return self.child(
            dynamodb.Table,
            "",
            billing_mode="PAY_PER_REQUEST",
            hash_key=self._args["hash_key"],
            range_key=self._args.get("range_key"),
            attributes=[{"name": key, "type": "S"} for key in self._keys()],
            ttl=ttl,
            server_side_encryption={"enabled": True, "kms_key_arn": self._boundary["key_arn"]},
            point_in_time_recovery={"enabled": True},
            deletion_protection_enabled=self._boundary["deletion_protection"],
            tags={DATA_CLASS_TAG: self._boundary["data_class"]},
        )

    def _throttled(self) -> cloudwatch.MetricAlarm:
        """`ThrottledRequests` is published for each operation; these two are for the table.

        https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
        """
        return self.child(
            cloudwatch.MetricAlarm,
            "throttled",
            **computed_alarm(
                topic_arn=self._boundary["alarm_topic_arn"],
                description=f"{self._name} turned many requests away",
                namespace="AWS/DynamoDB",
                metrics={"reads": "ReadThrottleEvents", "writes": "WriteThrottleEvents"},
                dimensions={"TableName": self.dynamodb_table.name},
                # DynamoDB sends what is not zero only.
                expression="FILL(reads, 0) + FILL(writes, 0)",
                threshold=self._choices.get("throttles", MANY_THROTTLES),
                period_seconds=self._choices.get("period_seconds", FIVE_MINUTES),
            ),
        )

    def _errors(self) -> cloudwatch.MetricAlarm:
        """`SystemErrors` is published for each operation; a query adds up those that there are.

        https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-alarms.html
        """
        query = Output.concat(
            'SELECT SUM(SystemErrors) FROM SCHEMA("AWS/DynamoDB", Operation, TableName) '
            "WHERE TableName = '",
            self.dynamodb_table.name,
            "'",
        )
        return self.child(
            cloudwatch.MetricAlarm,
            "errors",
            **computed_alarm(
                topic_arn=self._boundary["alarm_topic_arn"],
                description=f"DynamoDB itself failed often for {self._name}",
                namespace="AWS/DynamoDB",
                metrics={},
                dimensions={},
                expression=query,
                threshold=self._choices.get("errors", MANY_ERRORS),
                period_seconds=self._choices.get("period_seconds", FIVE_MINUTES),
            ),
        )

    def allow(self, *actions: str) -> Permission:
        """Allow actions by their names in IAM, e.g. `allow("GetItem", "Query")`.

        Raises:
            ArgumentError: DynamoDB has no such action on tables, or the boundary denies it.
        """
        if not actions:
            raise refused(self._name, "allow", "name at least one action, such as `GetItem`.")
        for action in actions:
            if text := problem(action):
                raise refused(self._name, "allow", text, got=action)
        return permission(
            self._name,
            self._boundary,
            {
                "actions": [f"dynamodb:{action}" for action in actions],
                "resources": [self.arn],
            },
            key_statement(self._boundary, "dynamodb", "kms:Decrypt"),
        )
