"""A DynamoDB table behind the boundary.

Creates, in order:
    <name>            aws.dynamodb.Table            customer key, point-in-time recovery
    <name>-failed     DeadLetterQueue               batches of its stream that failed for good
    <name>-throttled  aws.cloudwatch.MetricAlarm    requests that were turned away
    <name>-errors     aws.cloudwatch.MetricAlarm    failures of the service itself
"""

from typing import Unpack

import pulumi
from pulumi import Output
from pulumi_aws import cloudwatch, dynamodb, lambda_

from pulumi_rampart.alarm import FIVE_MINUTES, computed_alarm
from pulumi_rampart.arguments import ArgumentError, checked, refused
from pulumi_rampart.boundary.args import DATA_CLASS_TAG, boundary_of
from pulumi_rampart.component import Component
from pulumi_rampart.functions.function import LambdaFunction
from pulumi_rampart.messaging.dead_letter_queue import RECORD, DeadLetterQueue
from pulumi_rampart.permission import Permission, Statement, key_statement, permission
from pulumi_rampart.stores.dynamodb_actions import ON_AN_INDEX, problem
from pulumi_rampart.stores.table_alarms import MANY_ERRORS, MANY_THROTTLES
from pulumi_rampart.stores.table_args import (
    VIEWS,
    SecureTableArgs,
    check_keys,
    global_indexes,
    key_attributes,
)
from pulumi_rampart.stores.table_stream import StreamSubscriptionArgs, check_reader, stream_mapping


class SecureTable(Component):
    """An on-demand table that can be restored to any second of the last 35 days.

    Example:
        records = SecureTable("records", {
            "boundary": boundary.args, "hash_key": "pk",
            "indexes": {"by-customer": {"hash_key": "customer"}},
        })
        permissions = [records.allow("GetItem", "Query")]
    """

    NAMES = (
        ("{name}", dynamodb.Table),
        ("{name}-failed", DeadLetterQueue),
        ("{name}-throttled", cloudwatch.MetricAlarm),
        ("{name}-errors", cloudwatch.MetricAlarm),
    )

    table: Output[str]
    """The name."""
    arn: Output[str]
    """The ARN."""
    stream_arn: Output[str]
    """What event source mappings read; empty without a stream."""

    def __init__(
        self, name: str, args: SecureTableArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, SecureTableArgs)
        self._boundary = boundary_of(self._args["boundary"])
        check_keys(name, self._args)
        unused = () if "stream" in self._args else (DeadLetterQueue,)
        super().__init__(name, opts, boundary=self._boundary, without=unused)

        self.dynamodb_table = self._table()
        self._dead = self._dead_letters() if "stream" in self._args else None
        self._choices = self._args.get("alarms", {})
        off = self._choices.get("off", [])
        self.throttled = None if "throttles" in off else self._throttled()
        self.errors = None if "errors" in off else self._errors()

        self.table, self.arn = self.dynamodb_table.name, self.dynamodb_table.arn
        self.stream_arn = self.dynamodb_table.stream_arn
        self._index_arns = Output.concat(self.arn, "/index/*")
        self.register_outputs()

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
            attributes=[
                {"name": key, "type": kind} for key, kind in key_attributes(self._args).items()
            ],
            global_secondary_indexes=global_indexes(self._args) or None,
            stream_enabled="stream" in self._args or None,
            stream_view_type=VIEWS.get(self._args.get("stream", "")),
            ttl=ttl,
            server_side_encryption={"enabled": True, "kms_key_arn": self._boundary["key_arn"]},
            point_in_time_recovery={"enabled": True},
            deletion_protection_enabled=self._boundary["deletion_protection"],
            tags={DATA_CLASS_TAG: self._boundary["data_class"]},
        )

    def _dead_letters(self) -> DeadLetterQueue:
        return self.child(
            DeadLetterQueue, "failed", {"boundary": self._boundary, "replay_to": RECORD}
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

        Those that read by an index are allowed on the table's indexes, too.

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
            {"actions": [f"dynamodb:{action}" for action in actions], "resources": [self.arn]},
            *self._by_index(actions),
            key_statement(self._boundary, "dynamodb", "kms:Decrypt"),
        )

    def _by_index(self, actions: tuple[str, ...]) -> list[Statement]:
        reading = [f"dynamodb:{one}" for one in actions if one in ON_AN_INDEX]
        if not reading or not self._args.get("indexes"):
            return []
        return [{"actions": reading, "resources": [self._index_arns]}]

    @property
    def failed(self) -> DeadLetterQueue:
        """Where batches of the stream rest that failed for good.

        Raises:
            ArgumentError: the table has no stream.
        """
        if self._dead is None:
            raise self._without_stream()
        return self._dead

    def _without_stream(self) -> ArgumentError:
        return refused(self._name, "stream", "the table has none; say what it shows: `new`.")

    def read_stream(self) -> Permission:
        """Allow what an event source mapping on the stream does in the function's name.

        https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html

        Raises:
            ArgumentError: the table has no stream, or the boundary denies reading one.
        """
        if self._dead is None:
            raise self._without_stream()
        return permission(
            self._name,
            self._boundary,
            {
                "actions": [
                    "dynamodb:DescribeStream",
                    "dynamodb:GetRecords",
                    "dynamodb:GetShardIterator",
                ],
                "resources": [self.stream_arn],
            },
            # Knows no resource; Lambda refuses the mapping of a role that may not list.
            {"actions": ["dynamodb:ListStreams"], "resources": ["*"]},
            key_statement(self._boundary, "dynamodb", "kms:Decrypt"),
        )

    def subscribe(
        self, name: str, function: LambdaFunction, **choices: Unpack[StreamSubscriptionArgs]
    ) -> lambda_.EventSourceMapping:
        """Deliver changes to `function`, which may `read_stream()` and `failed.send()`.

        The function answers which records failed. A batch that keeps failing is halved until what
        is wrong is alone; where that stands in the stream, which keeps it for a day, is what
        `failed` gets.

        Args:
            name: of the mapping, unique in the stack.
            function: the consumer.
            choices: see `StreamSubscriptionArgs`.

        Raises:
            ArgumentError: no stream, a function that may not read it, or a choice is refused.
        """
        chosen = checked(name, choices, StreamSubscriptionArgs)
        check_reader(name, self._name, function, self.read_stream(), self.failed)
        return lambda_.EventSourceMapping(
            name,
            event_source_arn=self.stream_arn,
            function_name=function.arn,
            destination_config={"on_failure": {"destination_arn": self.failed.arn}},
            tags=self.tags or None,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[function.role.policy]),
            **stream_mapping(chosen),
        )
