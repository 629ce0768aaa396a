"""Aurora PostgreSQL with pgvector, which functions reach privately, over TLS, by IAM login.

Creates, in order:
    <name>-subnets     aws.rds.SubnetGroup             the private ones
    <name>-access      DatabaseAccess                  functions may talk to it, nobody else
    <name>-parameters  aws.rds.ClusterParameterGroup   TLS is forced, schema changes are logged
    <name>-logs        aws.cloudwatch.LogGroup         encrypted, with retention
    <name>             aws.rds.Cluster                 serverless, customer key, backups
    <name>-writer      aws.rds.ClusterInstance
    <name>-proxy       DatabaseProxy                   if users are named for it
    <name>-capacity, -connections   aws.cloudwatch.MetricAlarm
"""

from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
from pulumi import Output
from pulumi_aws import cloudwatch, rds
from pulumi_aws.rds import ClusterServerlessv2ScalingConfigurationArgs as _Scaling

from pulumi_rampart._alarm import alarm_args
from pulumi_rampart._arguments import ArgumentError
from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.security_boundary import DATA_CLASS_TAG, Boundary
from pulumi_rampart.permission import Permission, key_statement
from pulumi_rampart.stores.database_access import DatabaseAccess
from pulumi_rampart.stores.database_proxy import DatabaseProxy, login_arn

ENGINE, ENGINE_VERSION, FAMILY = "aurora-postgresql", "17.5", "aurora-postgresql17"
PORT = 5432
BACKUP_DAYS = 35  # the longest Aurora keeps automatic backups
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
MAX_CAPACITY = 256
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
PAUSE_AFTER_SECONDS = 1800
INSIGHTS_DAYS = 465
MANY_CONNECTIONS = 150


class VectorDatabaseArgs(TypedDict):
    """What a system decides about its database."""

    boundary: Boundary
    """The wall: network, key, alarm topic."""
    database: str
    """Name of the database in the cluster."""
    min_capacity: NotRequired[float]
    """Aurora capacity units, 0 to 256 in halves; 0 pauses when idle. Default 0.5."""
    proxy_users: NotRequired[list[str]]
    """Database users that log in through a proxy, which shares connections. Default no proxy."""
    max_capacity: NotRequired[float]
    """Aurora capacity units, 1 to 256 in halves. Default 4."""


@dataclass(frozen=True, kw_only=True)
class VectorDatabaseTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    subnets: Transform[rds.SubnetGroupArgs] = unchanged
    parameters: Transform[rds.ClusterParameterGroupArgs] = unchanged
    logs: Transform[cloudwatch.LogGroupArgs] = unchanged
    cluster: Transform[rds.ClusterArgs] = unchanged
    writer: Transform[rds.ClusterInstanceArgs] = unchanged
    capacity: Transform[cloudwatch.MetricAlarmArgs] = unchanged
    connections: Transform[cloudwatch.MetricAlarmArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class VectorDatabaseNodes:
    """The raw resources."""

    subnets: rds.SubnetGroup
    parameters: rds.ClusterParameterGroup
    logs: cloudwatch.LogGroup
    cluster: rds.Cluster
    writer: rds.ClusterInstance
    capacity: cloudwatch.MetricAlarm
    connections: cloudwatch.MetricAlarm


class VectorDatabase(pulumi.ComponentResource):
    """A serverless PostgreSQL cluster that can hold embeddings.

    Example:
        database = VectorDatabase("shop", {"boundary": boundary.args, "database": "shop"})
    """

    host: Output[str]
    """Where functions connect, on port 5432: the proxy, if there is one."""
    owner_host: Output[str]
    """Where the owner connects: the cluster itself."""
    master_secret_arn: Output[str]
    """The owner's login, kept and rotated by RDS."""

    def __init__(
        self,
        name: str,
        args: VectorDatabaseArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: VectorDatabaseTransforms = VectorDatabaseTransforms(),
    ) -> None:
        super().__init__("rampart:index:VectorDatabase", name, None, opts)
        self._min, self._max = args.get("min_capacity", 0.5), args.get("max_capacity", 4)
        if not 0 <= self._min <= self._max <= MAX_CAPACITY or self._max < 1:
            raise ArgumentError(
                f"{name}: capacity from {self._min} to {self._max}; Aurora allows 0 to "
                f"{MAX_CAPACITY}, the most at least 1 and not below the least; raise max_capacity."
            )
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        subnets = self._subnets()
        access = self._access()
        parameters = self._parameters()
        logs = self._logs()
        cluster = self._cluster(subnets, access, parameters, logs)
        writer = self._writer(cluster)
        self.proxy = self._proxy(cluster, access)

        self.nodes = VectorDatabaseNodes(
            subnets=subnets,
            parameters=parameters,
            logs=logs,
            cluster=cluster,
            writer=writer,
            capacity=self._capacity(cluster),
            connections=self._connections(cluster),
        )
        self.host = self.proxy.host if self.proxy else cluster.endpoint
        self.owner_host = cluster.endpoint
        self.master_secret_arn = cluster.master_user_secrets.apply(
            lambda secrets: secrets[0].secret_arn or ""
        )
        self.register_outputs(
            {
                "host": self.host,
                "ownerHost": self.owner_host,
                "masterSecretArn": self.master_secret_arn,
            }
        )

    def _subnets(self) -> rds.SubnetGroup:
        args = rds.SubnetGroupArgs(subnet_ids=self._boundary["private_subnet_ids"])
        self._transforms.subnets(args)
        return rds.SubnetGroup(f"{self._name}-subnets", args, opts=self._child)

    def _access(self) -> DatabaseAccess:
        return DatabaseAccess(
            f"{self._name}-access", {"boundary": self._boundary, "port": PORT}, self._child
        )

    def _parameters(self) -> rds.ClusterParameterGroup:
        settings = {"rds.force_ssl": "1", "log_statement": "ddl"}
        args = rds.ClusterParameterGroupArgs(
            family=FAMILY,
            parameters=[
                rds.ClusterParameterGroupParameterArgs(name=key, value=value)
                for key, value in settings.items()
            ],
        )
        self._transforms.parameters(args)
        return rds.ClusterParameterGroup(f"{self._name}-parameters", args, opts=self._child)

    def _logs(self) -> cloudwatch.LogGroup:
        args = cloudwatch.LogGroupArgs(
            # Where RDS exports to; declared, so that it is encrypted and expires.
            name=f"/aws/rds/cluster/{self._boundary['prefix']}-{self._name}/postgresql",
            kms_key_id=self._boundary["key_arn"],
            retention_in_days=self._boundary["log_retention_days"],
        )
        self._transforms.logs(args)
        return cloudwatch.LogGroup(f"{self._name}-logs", args, opts=self._child)

    def _cluster(
        self,
        subnets: rds.SubnetGroup,
        access: DatabaseAccess,
        parameters: rds.ClusterParameterGroup,
        logs: cloudwatch.LogGroup,
    ) -> rds.Cluster:
        identifier = f"{self._boundary['prefix']}-{self._name}"
        protected = self._boundary["deletion_protection"]
        args = rds.ClusterArgs(
            cluster_identifier=identifier,
            engine=ENGINE,
            engine_version=ENGINE_VERSION,
            engine_mode="provisioned",  # what serverless v2 is called here
            database_name=self._args["database"],
            master_username="owner",
            manage_master_user_password=True,
            master_user_secret_kms_key_id=self._boundary["key_arn"],
            iam_database_authentication_enabled=True,
            serverlessv2_scaling_configuration=_Scaling(
                min_capacity=self._min,
                max_capacity=self._max,
                seconds_until_auto_pause=PAUSE_AFTER_SECONDS if self._min == 0 else None,
            ),
            storage_encrypted=True,
            kms_key_id=self._boundary["key_arn"],
            backup_retention_period=BACKUP_DAYS,
            copy_tags_to_snapshot=True,
            deletion_protection=protected,
            skip_final_snapshot=not protected,
            final_snapshot_identifier=f"{identifier}-final" if protected else None,
            db_subnet_group_name=subnets.name,
            db_cluster_parameter_group_name=parameters.name,
            vpc_security_group_ids=[access.security_group_id],
            enabled_cloudwatch_logs_exports=["postgresql"],
            tags={DATA_CLASS_TAG: self._boundary["data_class"]},
        )
        self._transforms.cluster(args)
        return rds.Cluster(
            self._name, args, opts=pulumi.ResourceOptions(parent=self, depends_on=[logs])
        )

    def _writer(self, cluster: rds.Cluster) -> rds.ClusterInstance:
        args = rds.ClusterInstanceArgs(
            cluster_identifier=cluster.id,
            engine=rds.EngineType.AURORA_POSTGRESQL,
            engine_version=cluster.engine_version,
            instance_class="db.serverless",
            publicly_accessible=False,
            auto_minor_version_upgrade=True,
            copy_tags_to_snapshot=True,
            performance_insights_enabled=True,
            performance_insights_kms_key_id=self._boundary["key_arn"],
            performance_insights_retention_period=INSIGHTS_DAYS,
        )
        self._transforms.writer(args)
        return rds.ClusterInstance(f"{self._name}-writer", args, opts=self._child)

    def _proxy(self, cluster: rds.Cluster, access: DatabaseAccess) -> DatabaseProxy | None:
        users = self._args.get("proxy_users", [])
        if not users:
            return None
        return DatabaseProxy(
            f"{self._name}-proxy",
            {
                "boundary": self._boundary,
                "cluster_identifier": cluster.cluster_identifier,
                "cluster_resource_id": cluster.cluster_resource_id,
                "security_group_id": access.security_group_id,
                "port": PORT,
                "users": users,
            },
            self._child,
        )

    def _capacity(self, cluster: rds.Cluster) -> cloudwatch.MetricAlarm:
        args = self._alarm(cluster, "ACUUtilization", "is at the end of its capacity", 90)
        self._transforms.capacity(args)
        return cloudwatch.MetricAlarm(f"{self._name}-capacity", args, opts=self._child)

    def _connections(self, cluster: rds.Cluster) -> cloudwatch.MetricAlarm:
        args = self._alarm(cluster, "DatabaseConnections", "has many connections", MANY_CONNECTIONS)
        self._transforms.connections(args)
        return cloudwatch.MetricAlarm(f"{self._name}-connections", args, opts=self._child)

    def _alarm(
        self, cluster: rds.Cluster, metric: str, what: str, threshold: float
    ) -> cloudwatch.MetricAlarmArgs:
        return alarm_args(
            topic_arn=self._boundary["alarm_topic_arn"],
            description=f"{self._name} {what}",
            namespace="AWS/RDS",
            metric=metric,
            dimensions={"DBClusterIdentifier": cluster.cluster_identifier},
            statistic="Average",
            threshold=threshold,
            # A peak of some minutes is what it scales for.
            periods=10,
        )

    def connect(self, user: str) -> Permission:
        """Allow logging in as a database user by IAM, without a password."""
        if self.proxy:
            return self.proxy.connect(user)
        arn = login_arn(self._boundary, self.nodes.cluster.cluster_resource_id, user)
        return {"statements": [{"actions": ["rds-db:connect"], "resources": [arn]}]}

    def own(self) -> Permission:
        """Allow logging in as the owner: for migrations only."""
        return {
            "statements": [
                {
                    "actions": ["secretsmanager:GetSecretValue"],
                    "resources": [self.master_secret_arn],
                },
                key_statement(
                    self._boundary["key_arn"],
                    self._boundary["region"],
                    "secretsmanager",
                    ["kms:Decrypt"],
                ),
            ]
        }
