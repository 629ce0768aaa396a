from typing import Any

import pytest
from pulumi import Output

from pulumi_rampart.arguments import ArgumentError
from pulumi_rampart.permission import policy_document
from pulumi_rampart.stores.vector_database import VectorDatabase, VectorDatabaseArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, BOUNDARY, KEY, recorded, refusal, statements

CLUSTER = "aws:rds/cluster:Cluster"


def arguments(**more: object) -> VectorDatabaseArgs:
    return {"boundary": BOUNDARY, "database": "shop", **more}  # type: ignore[typeddict-item]  # some are wrong


def database(**more: object) -> Graph:
    return recorded(lambda: VectorDatabase("shop", arguments(**more)))


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


def protection(*, protected: bool, computed: bool = False) -> tuple[bool, bool, str | None]:
    """Return whether deletion is refused, the last copy is left out, and that copy's name."""

    def program() -> None:
        given = Output.from_input(protected) if computed else protected
        VectorDatabase("shop", arguments(boundary={**BOUNDARY, "deletion_protection": given}))

    made = recorded(program).one(CLUSTER, "shop").inputs
    return (
        made["deletionProtection"],
        made["skipFinalSnapshot"],
        made.get("finalSnapshotIdentifier"),
    )


def test_it_can_be_restored_for_35_days_and_keeps_a_last_copy() -> None:
    # then
    assert database().one(CLUSTER, "shop").inputs["backupRetentionPeriod"] == 35
    assert protection(protected=True) == (True, False, "shop-dev-shop-final")
    assert protection(protected=False) == (False, True, None)


def test_deletion_protection_may_be_an_output() -> None:
    # then
    assert protection(protected=True, computed=True) == protection(protected=True)
    assert protection(protected=False, computed=True) == protection(protected=False)


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


RANGE = "Aurora has {} to 256 in steps of 0.5; take one of these."


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"min_capacity": -0.5}, f".min_capacity=-0.5: {RANGE.format(0)}"),
        ({"min_capacity": 0.25}, f".min_capacity=0.25: {RANGE.format(0)}"),
        ({"max_capacity": 0.5}, f".max_capacity=0.5: {RANGE.format(1)}"),
        ({"max_capacity": 256.5}, f".max_capacity=256.5: {RANGE.format(1)}"),
        ({"max_capacity": float("nan")}, f".max_capacity=nan: {RANGE.format(1)}"),
        ({"max_capacity": "4"}, ".max_capacity='4': a number is wanted, not str."),
        (
            {"min_capacity": 4, "max_capacity": 2},
            ".max_capacity=2: is below `min_capacity`, which is 4; raise it to at least as much.",
        ),
        # the default counts too
        ({"min_capacity": 4.5}, ".max_capacity=4: is below `min_capacity`, which is 4.5; raise"),
        (
            {"database_name": "shop"},
            ".database_name: there is no such argument; did you mean `database`? Allowed are ",
        ),
        (
            {"users": ["a"]},
            ".users: there is no such argument; did you mean `proxy_users`? Allowed are ",
        ),
        ({"database": ""}, ".database='': RDS takes 1 to 63 letters, digits and _, a letter"),
        ({"database": "1shop"}, ".database='1shop': RDS takes 1 to 63 letters, digits and _, a"),
        ({"database": "my-shop"}, ".database='my-shop': RDS takes 1 to 63 letters, digits and _"),
        ({"database": "d" * 64}, f".database='{'d' * 64}': RDS takes 1 to 63 letters, digits"),
        ({"database": "User"}, ".database='User': PostgreSQL or RDS keeps this word for itself;"),
        ({"database": "rdsadmin"}, ".database='rdsadmin': PostgreSQL or RDS keeps this word for"),
        ({"database": "template1"}, ".database='template1': PostgreSQL or RDS keeps this word"),
        ({"proxy_users": "app"}, ".proxy_users='app': a list is wanted; put the text in brackets."),
        ({"proxy_users": ["app", 3]}, ".proxy_users[1]=3: a text is wanted, not int."),
        ({"proxy_users": [""]}, ".proxy_users[0]='': PostgreSQL takes names of 1 to 63 bytes, not"),
        ({"proxy_users": ["owner"]}, ".proxy_users[0]='owner': this user is the database's owner"),
    ],
)
def test_what_aurora_would_refuse_is_refused_by_its_name(wrong: dict[str, Any], why: str) -> None:
    # when
    message = refusal(lambda: VectorDatabase("shop", arguments(**wrong)))

    # then
    assert message.startswith(f"shop{why}")


@pytest.mark.parametrize("name", ["a", "d" * 63, "Shop_2", "owner", "postgres", "order_items"])
def test_a_database_name_that_rds_takes_passes(name: str) -> None:
    # then
    assert database(database=name).one(CLUSTER, "shop").inputs["databaseName"] == name


@pytest.mark.parametrize(
    ("user", "why"),
    [
        ("", "PostgreSQL takes names of 1 to 63 bytes, not 0;"),
        ("é" * 32, "PostgreSQL takes names of 1 to 63 bytes, not 64;"),
        ("owner", "this user is the database's owner, who logs in by a password that RDS keeps;"),
        ("rdsadmin", "PostgreSQL or RDS keeps this name for itself;"),
        ("pg_monitor", "PostgreSQL or RDS keeps this name for itself;"),
        ("public", "PostgreSQL or RDS keeps this name for itself;"),
        ("*", "IAM would read it as a pattern of several users;"),
        ("app?", "IAM would read it as a pattern of several users;"),
        ("${aws:username}", "IAM would read it as a pattern of several users;"),
    ],
)
def test_a_user_that_cannot_be_named_in_a_policy_is_refused(user: str, why: str) -> None:
    # when
    with pytest.raises(ArgumentError) as caught:
        recorded(lambda: VectorDatabase("shop", arguments()).connect(user))

    # then
    assert str(caught.value).startswith(f"shop.connect={user!r}: {why}")


def test_behind_a_proxy_only_its_users_log_in() -> None:
    # when
    with pytest.raises(ArgumentError) as caught:
        recorded(lambda: VectorDatabase("shop", arguments(proxy_users=["a", "b"])).connect("c"))

    # then
    assert str(caught.value) == (
        "shop.connect='c': the proxy logs in as a, b only; add the user to `proxy_users`."
    )


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("s" * 60, "RDS allows 63 characters, and '"),
        ("sg-shop", "EC2"),
        ("Shop", "RDS allows no 'S' in "),
        ("a--b", "in RDS a name begins with a letter and has no two hyphens together and none at"),
        ("my_shop", "RDS allows no '_' in "),
    ],
)
def test_a_name_that_no_cluster_can_have_is_refused(name: str, why: str) -> None:
    # when
    message = refusal(lambda: VectorDatabase(name, arguments()))

    # then
    assert message.startswith(f"{name}: is not possible as a name: ")
    assert why in message


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        ({"backup_plan": {}}, "AWS Backup allows 50 characters, and 'shop-dev-"),
        ({"proxy_users": ["search"]}, "IAM allows 64 characters, and 'sss"),
        ({"monitoring_interval_seconds": 60}, "IAM allows 64 characters, and 'sss"),
    ],
)
def test_the_limits_of_what_it_was_not_asked_for_do_not_bind_its_name(
    choice: dict[str, Any], why: str
) -> None:
    # given
    name = "s" * 48

    # when
    message = refusal(lambda: VectorDatabase(name, arguments(**choice)))

    # then
    assert why in message
    assert recorded(lambda: VectorDatabase(name, arguments())).one(CLUSTER, name)


def test_only_a_database_that_may_shrink_to_nothing_pauses() -> None:
    # when
    idle = database(min_capacity=0).one(CLUSTER, "shop").inputs["serverlessv2ScalingConfiguration"]
    awake = database().one(CLUSTER, "shop").inputs["serverlessv2ScalingConfiguration"]

    # then
    assert idle == {"minCapacity": 0, "maxCapacity": 4, "secondsUntilAutoPause": 1800}
    assert awake == {"minCapacity": 0.5, "maxCapacity": 4}


@pytest.mark.parametrize(
    ("chosen", "version", "rises"),
    [
        ({}, "17", True),
        ({"engine_version": "16"}, "16", True),
        ({"engine_version": "17.5"}, "17.5", False),
    ],
)
def test_minor_versions_rise_by_themselves_unless_one_is_named(
    chosen: dict[str, object], version: str, *, rises: bool
) -> None:
    # when
    graph = database(**chosen)

    # then
    (writer,) = graph.of("aws:rds/clusterInstance:ClusterInstance")
    (cluster,) = graph.of("aws:rds/cluster:Cluster")
    (parameters,) = graph.of("aws:rds/clusterParameterGroup:ClusterParameterGroup")
    assert cluster.inputs["engineVersion"] == writer.inputs["engineVersion"] == version
    assert writer.inputs["autoMinorVersionUpgrade"] is rises
    assert parameters.inputs["family"] == f"aurora-postgresql{version[:2]}"


def test_the_operating_system_is_measured_where_that_is_asked_for() -> None:
    # when
    graph, plain = database(monitoring_interval_seconds=30), database()

    # then
    (writer,) = graph.of("aws:rds/clusterInstance:ClusterInstance")
    role = graph.one("aws:iam/role:Role", "shop-monitoring")
    assert writer.inputs["monitoringInterval"] == 30
    assert writer.inputs["monitoringRoleArn"] == role.outputs["arn"]
    assert "monitoring.rds.amazonaws.com" in role.inputs["assumeRolePolicy"]
    assert not plain.of("aws:iam/role:Role")


def test_copies_of_aws_backup_are_made_where_there_is_a_plan() -> None:
    # when
    graph = database(backup_plan={"keep_days": 365})

    # then
    (plan,) = graph.of("aws:backup/plan:Plan")
    (vault,) = graph.of("aws:backup/vault:Vault")
    (selection,) = graph.of("aws:backup/selection:Selection")
    (cluster,) = graph.of("aws:rds/cluster:Cluster")
    (rule,) = plan.inputs["rules"]
    assert rule["targetVaultName"] == vault.outputs["name"]
    assert (rule["lifecycle"], rule["schedule"]) == ({"deleteAfter": 365}, "cron(0 3 * * ? *)")
    assert selection.inputs["resources"] == [cluster.outputs["arn"]]
    assert vault.inputs["kmsKeyArn"] == BOUNDARY["key_arn"]
    assert not database().of("aws:backup/plan:Plan")
