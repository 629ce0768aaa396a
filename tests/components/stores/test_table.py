from pulumi_rampart.permission import policy_document
from pulumi_rampart.stores.table import SecureTable, SecureTableArgs
from pulumi_rampart.testing import Graph
from tests.components.wall import ACCOUNT, ALARMS, BOUNDARY, KEY, recorded, statements

TABLE = "aws:dynamodb/table:Table"


def table(**more: object) -> Graph:
    args: SecureTableArgs = {"boundary": BOUNDARY, "hash_key": "pk", **more}  # type: ignore[typeddict-item]
    return recorded(lambda: SecureTable("records", args))


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
    alarms = graph.of("aws:cloudwatch/metricAlarm:MetricAlarm")
    assert {one.inputs["metricName"] for one in alarms} == {"ThrottledRequests", "SystemErrors"}
    assert all(one.inputs["alarmActions"] == [ALARMS] for one in alarms)


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
