from typing import Any

import pytest
from botocore import session
from pulumi import Output

from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.boundary.grantable import GRANTABLE
from pulumi_rampart.permission import policy_document
from pulumi_rampart.stores.dynamodb_actions import ALLOWED_BY, ELSEWHERE, ON_A_TABLE
from pulumi_rampart.stores.table import SecureTable
from pulumi_rampart.stores.table_args import SecureTableArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import (
    ACCOUNT,
    ALARMS,
    BOUNDARY,
    KEY,
    recorded,
    refusal,
    statements,
)

TABLE = "aws:dynamodb/table:Table"


def arguments(**more: object) -> SecureTableArgs:
    return {"boundary": BOUNDARY, "hash_key": "pk", **more}  # type: ignore[typeddict-item]  # some are wrong


def table(**more: object) -> Graph:
    return recorded(lambda: SecureTable("records", arguments(**more)))


def test_it_is_encrypted_restorable_and_hard_to_delete() -> None:
    # when
    made = table().one(TABLE, "records").inputs

    # then
    assert made["serverSideEncryption"] == {"enabled": True, "kmsKeyArn": KEY}
    assert made["pointInTimeRecovery"] == {"enabled": True}
    assert made["deletionProtectionEnabled"] is True
    assert made["tags"] == {"data-class": "internal"}


def test_only_its_keys_are_declared_as_attributes() -> None:
    # when
    made = table(range_key="sk", expires_at="expires_at").one(TABLE, "records").inputs

    # then
    assert made["attributes"] == [{"name": "pk", "type": "S"}, {"name": "sk", "type": "S"}]
    assert made["ttl"] == {"enabled": True, "attributeName": "expires_at"}


def test_items_stay_unless_an_attribute_says_when_they_go() -> None:
    # when
    made = table().one(TABLE, "records").inputs

    # then
    assert "ttl" not in made
    assert "rangeKey" not in made


def test_throttling_and_failures_of_the_service_raise_alarms() -> None:
    # when
    graph = table()

    # then
    alarms = {one.name: one.inputs for one in graph.of("aws:cloudwatch/metricAlarm:MetricAlarm")}
    assert all(one["alarmActions"] == [ALARMS] for one in alarms.values())
    table_name = graph.one("aws:dynamodb/table:Table", "records").outputs["name"]
    throttled = alarms["records-throttled"]["metricQueries"]
    assert [one["metric"]["metricName"] for one in throttled if "metric" in one] == [
        "ReadThrottleEvents",
        "WriteThrottleEvents",
    ]
    assert throttled[0]["metric"]["dimensions"] == {"TableName": table_name}
    (errors,) = alarms["records-errors"]["metricQueries"]
    schema, where = errors["expression"].split(" WHERE ")
    assert schema == 'SELECT SUM(SystemErrors) FROM SCHEMA("AWS/DynamoDB", Operation, TableName)'
    assert where == f"TableName = '{table_name}'"
    assert alarms["records-throttled"]["threshold"] == alarms["records-errors"]["threshold"] == 10


def test_a_permission_names_its_operations_and_this_table_only() -> None:
    # given
    documents: list[str] = []

    def program() -> None:
        made = SecureTable("records", {"boundary": BOUNDARY, "hash_key": "pk"})
        policy_document([made.allow("GetItem", "Query")]).apply(documents.append)

    # when
    recorded(program)

    # then
    data, key = statements(documents[0])
    assert data["Action"] == ["dynamodb:GetItem", "dynamodb:Query"]
    assert data["Resource"] == [f"arn:aws:dynamodb:eu-central-1:{ACCOUNT}:table/records"]
    assert key["Condition"] == {
        "StringEquals": {"kms:ViaService": "dynamodb.eu-central-1.amazonaws.com"}
    }


ONLY_KEYS = (
    "Allowed are `boundary`, `hash_key`, `range_key`, `number_keys`, `indexes`, `stream`, "
    "`expires_at`, `alarms`."
)
LONG = "a" * 256


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (
            {"ttl_attribute": "gone_at"},
            f".ttl_attribute: there is no such argument; did you mean `expires_at`? {ONLY_KEYS}",
        ),
        (
            {"partition_key": "pk"},
            f".partition_key: there is no such argument; did you mean `hash_key`? {ONLY_KEYS}",
        ),
        (
            {"sort_key": "sk"},
            f".sort_key: there is no such argument; did you mean `range_key`? {ONLY_KEYS}",
        ),
        ({"hash_key": ""}, ".hash_key='': 1 to 255 characters are allowed, not 0; take a short"),
        ({"hash_key": 3}, ".hash_key=3: a text is wanted, not int."),
        ({"range_key": LONG}, f".range_key='{LONG}': 1 to 255 characters are allowed, not 256;"),
        ({"range_key": None}, ".range_key: is None; leave the key out to get the default."),
        ({"range_key": "pk"}, ".range_key='pk': the two keys are two attributes; name another"),
        ({"expires_at": LONG}, f".expires_at='{LONG}': 1 to 255 characters are allowed, not 256;"),
        ({"expires_at": "pk"}, ".expires_at='pk': the keys are strings and DynamoDB expires items"),
        (
            {"range_key": "sk", "expires_at": "sk"},
            ".expires_at='sk': the keys are strings and DynamoDB expires items by a number only;",
        ),
        ({"number_keys": ["at"]}, ".number_keys='at': is a key neither of the table nor of an"),
        ({"stream": "all"}, ".stream='all': allowed are 'new', 'old', 'both', 'keys'; these say"),
        (
            {"indexes": {"by": {"hash_key": "customer"}}},
            ".indexes.by='by': must match [a-zA-Z0-9_.-]{3,255}; say by what it finds items:",
        ),
        (
            {"indexes": {"by-customer": {"partition_key": "customer"}}},
            ".indexes.by-customer.partition_key: there is no such argument; did you mean `hash_",
        ),
        (
            {"indexes": {"by-customer": {"hash_key": "at", "range_key": "at"}}},
            ".indexes.by-customer.range_key='at': the two keys are two attributes;",
        ),
        (
            {"indexes": {f"by-{n}": {"hash_key": "at"} for n in range(21)}},
            ".indexes: 21 are too many; a table has 20.",
        ),
    ],
)
def test_what_dynamodb_would_refuse_or_ignore_is_refused_by_its_name(
    wrong: dict[str, Any], why: str
) -> None:
    # when
    message = refusal(lambda: SecureTable("records", arguments(**wrong)))

    # then
    assert message.startswith(f"records{why}")


DENIED = "records: dynamodb:{} is denied by the boundary's limit of all roles, whatever a role is "


@pytest.mark.parametrize(
    ("actions", "why"),
    [
        (
            ["GetItme"],
            "records.allow='GetItme': DynamoDB has no such action; did you mean `GetItem`",
        ),
        (
            ["GetItem", "Querry"],
            "records.allow='Querry': DynamoDB has no such action; did you mean `Query`?",
        ),
        (
            ["dynamodb:PutItem"],
            "records.allow='dynamodb:PutItem': DynamoDB has no such action; did you mean `PutItem`",
        ),
        (["*"], "records.allow='*': DynamoDB has no such action; write one such as `GetItem`."),
        (
            ["TransactGetItem"],
            (
                "records.allow='TransactGetItem': DynamoDB has no such action; did you mean "
                "`TransactGetItems`?"
            ),
        ),
        (
            ["TransactWriteItems"],
            (
                "records.allow='TransactWriteItems': IAM has no such action; it allows the "
                "operation by those of its parts: `ConditionCheckItem`, `DeleteItem`, `PutItem`, "
                "`UpdateItem`."
            ),
        ),
        (
            ["ListTables"],
            "records.allow='ListTables': does not act on a table, so that allowing it",
        ),
        ([], "records.allow: name at least one action, such as `GetItem`."),
        (["Scan"], DENIED.format("Scan")),
        (["GetItem", "DeleteTable"], DENIED.format("DeleteTable")),
    ],
)
def test_an_action_that_cannot_be_allowed_is_refused_with_the_reason(
    actions: list[str], why: str
) -> None:
    # when
    with pytest.raises(ArgumentError) as caught:
        recorded(lambda: SecureTable("records", arguments()).allow(*actions))

    # then
    assert str(caught.value).startswith(why)


def test_what_the_boundary_is_told_to_grant_can_be_allowed() -> None:
    # given
    wider = {**BOUNDARY, "grantable_actions": [*GRANTABLE, "dynamodb:Scan"]}
    granted: list[list[str]] = []

    # when
    recorded(
        lambda: granted.extend(
            one["actions"]
            for one in SecureTable("records", arguments(boundary=wider)).allow("Scan")["statements"]
        )
    )

    # then
    assert granted[0] == ["dynamodb:Scan"]


def test_every_operation_of_the_api_is_an_action_or_allowed_by_some() -> None:
    # given: the services' own descriptions, as the SDK carries them
    loaded = session.get_session()
    operations = {
        name
        for service in ("dynamodb", "dynamodbstreams")
        for name in loaded.get_service_model(service).operation_names
    }

    # then
    assert operations - {*ON_A_TABLE, *ELSEWHERE} == set(ALLOWED_BY)
    assert {one for parts in ALLOWED_BY.values() for one in parts} <= set(ON_A_TABLE)
    assert set(ON_A_TABLE) & set(ELSEWHERE) == set()


def test_what_roles_may_be_granted_by_default_are_actions_on_tables_and_reading_streams() -> None:
    # then
    grantable = {one.removeprefix("dynamodb:") for one in GRANTABLE if one.startswith("dynamodb:")}
    of_streams = {"DescribeStream", "GetRecords", "GetShardIterator"}
    assert grantable - {*ON_A_TABLE} == of_streams


@pytest.mark.parametrize("protected", [True, False])
def test_deletion_protection_may_be_an_output(protected: bool) -> None:  # noqa: FBT001  # a case
    # when
    graph = recorded(
        lambda: SecureTable(
            "records",
            arguments(boundary={**BOUNDARY, "deletion_protection": Output.from_input(protected)}),
        )
    )

    # then
    assert graph.one(TABLE, "records").inputs["deletionProtectionEnabled"] is protected
