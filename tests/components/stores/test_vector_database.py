from typing import Any

import pytest

from pulumi_rampart.permission import policy_document
from pulumi_rampart.stores.vector_database import VectorDatabase, VectorDatabaseArgs
from pulumi_rampart.testing import Graph
from tests.components.wall import ACCOUNT, BOUNDARY, KEY, recorded, refusal, statements

CLUSTER = "aws:rds/cluster:Cluster"


def database(**more: object) -> Graph:
    args: VectorDatabaseArgs = {"boundary": BOUNDARY, "database": "shop", **more}  # type: ignore[typeddict-item]
    return recorded(lambda: VectorDatabase("shop", args))


def granted(verb: str, *arguments: str) -> list[dict[str, Any]]:
    documents: list[str] = []

    def program() -> None:
        made = VectorDatabase("shop", {"boundary": BOUNDARY, "database": "shop"})
        policy_document([getattr(made, verb)(*arguments)]).apply(documents.append)

    recorded(program)
    return statements(documents[0])


def test_data_backups_password_and_insights_are_encrypted_with_the_customer_key() -> None:
    # when
    graph = database()

    # then
    cluster = graph.one(CLUSTER, "shop").inputs
    assert cluster["storageEncrypted"] is True
    assert (cluster["kmsKeyId"], cluster["masterUserSecretKmsKeyId"]) == (KEY, KEY)
    writer = graph.one("aws:rds/clusterInstance:ClusterInstance", "shop-writer").inputs
    assert writer["performanceInsightsKmsKeyId"] == KEY
    logs = graph.one("aws:cloudwatch/logGroup:LogGroup", "shop-logs").inputs
    assert (logs["kmsKeyId"], logs["retentionInDays"]) == (KEY, 365)


def test_it_is_private_and_refuses_plain_connections() -> None:
    # when
    graph = database()

    # then
    writer = graph.one("aws:rds/clusterInstance:ClusterInstance", "shop-writer").inputs
    assert writer["publiclyAccessible"] is False
    subnets = graph.one("aws:rds/subnetGroup:SubnetGroup", "shop-subnets").inputs
    assert subnets["subnetIds"] == ["subnet-private-0", "subnet-private-1"]
    (group,) = graph.of("aws:rds/clusterParameterGroup:ClusterParameterGroup")
    assert {"name": "rds.force_ssl", "value": "1"} in group.inputs["parameters"]


def test_no_password_is_in_the_program() -> None:
    # when
    cluster = database().one(CLUSTER, "shop").inputs

    # then
    assert cluster["manageMasterUserPassword"] is True
    assert cluster["iamDatabaseAuthenticationEnabled"] is True
    assert "masterPassword" not in cluster


def test_it_can_be_restored_for_35_days_and_keeps_a_last_copy() -> None:
    # when
    kept = database().one(CLUSTER, "shop").inputs
    thrown = (
        database(boundary={**BOUNDARY, "deletion_protection": False}).one(CLUSTER, "shop").inputs
    )

    # then
    assert kept["backupRetentionPeriod"] == 35
    assert (kept["deletionProtection"], kept["skipFinalSnapshot"]) == (True, False)
    assert (thrown["deletionProtection"], thrown["skipFinalSnapshot"]) == (False, True)


def test_a_function_logs_in_as_one_user_without_a_password() -> None:
    # when
    (only,) = granted("connect", "reader")

    # then
    assert only["Action"] == ["rds-db:connect"]
    assert only["Resource"] == [f"arn:aws:rds-db:eu-central-1:{ACCOUNT}:dbuser:cluster-SHOP/reader"]


def test_the_owner_is_whoever_may_read_the_secret_that_rds_keeps() -> None:
    # when
    read, key = granted("own")

    # then
    assert read["Action"] == ["secretsmanager:GetSecretValue"]
    (secret,) = read["Resource"]
    assert secret.endswith(":secret:rds!shop")
    assert key["Action"] == ["kms:Decrypt"]


@pytest.mark.parametrize(("least", "most"), [(-1, 4), (4, 2), (0, 0.5), (1, 257)])
def test_capacity_aurora_does_not_have_is_refused(least: float, most: float) -> None:
    # when
    message = refusal(
        lambda: VectorDatabase(
            "shop",
            {"boundary": BOUNDARY, "database": "s", "min_capacity": least, "max_capacity": most},
        )
    )

    # then
    assert message.startswith(f"shop: capacity from {least} to {most}; Aurora allows 0 to 256")


def test_only_a_database_that_may_shrink_to_nothing_pauses() -> None:
    # when
    idle = database(min_capacity=0).one(CLUSTER, "shop").inputs["serverlessv2ScalingConfiguration"]
    awake = database().one(CLUSTER, "shop").inputs["serverlessv2ScalingConfiguration"]

    # then
    assert idle == {"minCapacity": 0, "maxCapacity": 4, "secondsUntilAutoPause": 1800}
    assert awake == {"minCapacity": 0.5, "maxCapacity": 4}
