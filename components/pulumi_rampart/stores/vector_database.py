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

from typing import Annotated, NotRequired, TypedDict, cast

import pulumi
from pulumi import Input, Output
from pulumi_aws import cloudwatch, rds

from pulumi_rampart.arguments import AlsoCalled, Length, checked
from pulumi_rampart.boundary.args import (
    DATA_CLASS_TAG,
    Boundary,
    boundary_of,
    is_protected,
    prefixed,
)
from pulumi_rampart.component import Component
from pulumi_rampart.permission import Permission, key_statement, permission
from pulumi_rampart.stores.aurora_capacity import Capacity, scaling
from pulumi_rampart.stores.database_access import DatabaseAccess
from pulumi_rampart.stores.database_alarms import DatabaseAlarmChoices, database_alarms
from pulumi_rampart.stores.database_proxy import MAX_USERS, DatabaseProxy, check_listed, login
from pulumi_rampart.stores.postgres_names import OWNER, DatabaseName, UserName

ENGINE, ENGINE_VERSION, FAMILY = "aurora-postgresql", "17.5", "aurora-postgresql17"
PORT = 5432
BACKUP_DAYS = 35  # the longest Aurora keeps automatic backups
INSIGHTS_DAYS = 465


class VectorDatabaseArgs(TypedDict):
    """What a system decides about its database."""

    boundary: Input[Boundary]
    """Network, key, alarm topic, deletion protection, and how sensitive the data is."""
    database: Annotated[str, AlsoCalled(("database_name", "db_name")), DatabaseName()]
    """Name of the database in the cluster: 1 to 63 letters, digits and _, a letter first."""
    min_capacity: NotRequired[Annotated[float, Capacity(0)]]
    """Aurora capacity units, 0 to 256 in halves; 0 pauses when idle. Default 0.5."""
    proxy_users: NotRequired[
        Annotated[
            list[Annotated[str, UserName()]], Length(0, MAX_USERS, "IAM could not name them all.")
        ]
    ]
    """Database users that log in through a proxy, at most 120. Default no proxy."""
    max_capacity: NotRequired[Annotated[float, Capacity(1)]]
    """Aurora capacity units, 1 to 256 in halves, not below `min_capacity`. Default 4."""
    alarms: NotRequired[DatabaseAlarmChoices]
    """Limits of its alarms, and which are off; `period_seconds` is 600 by default. Default those of
    each."""


class VectorDatabase(Component):
    """A serverless PostgreSQL cluster that can hold embeddings.

    Example:
        database = VectorDatabase("shop", {"boundary": boundary.args, "database": "shop"})
    """

    NAMES = (
        ("{name}-subnets", rds.SubnetGroup),
        ("{name}-parameters", rds.ClusterParameterGroup),
        ("/aws/rds/cluster/{prefix}-{name}/postgresql", cloudwatch.LogGroup),
        ("{prefix}-{name}", rds.Cluster),
        ("{name}-writer", rds.ClusterInstance),
        # Without users too: who wants a proxy later must not have to rename the cluster.
        ("{name}-proxy", DatabaseProxy),
        ("{name}-capacity", cloudwatch.MetricAlarm),
        ("{name}-connections", cloudwatch.MetricAlarm),
    )

    host: Output[str]
    """Where functions connect, on port 5432: the proxy, if there is one."""
    owner_host: Output[str]
    """Where the owner connects: the cluster itself."""
    master_secret_arn: Output[str]
    """The owner's login, kept and rotated by RDS."""

    def __init__(
        self, name: str, args: VectorDatabaseArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, VectorDatabaseArgs)
        self._boundary = boundary_of(self._args["boundary"])
        self._identifier = prefixed(self._boundary, name)
        self._scaling = scaling(
            name, self._args.get("min_capacity", 0.5), self._args.get("max_capacity", 4)
        )
        super().__init__(name, opts, boundary=self._boundary)

        self.subnets = self._subnets()
        self.access = self._access()
        self.parameters = self._parameters()
        self.logs = self._logs()
        self.cluster = self._cluster()
        self.writer = self._writer()
        self.proxy = self._proxy()
        self.alarms = self._alarms()

        self.host = self.proxy.host if self.proxy else self.cluster.endpoint
        self.owner_host = self.cluster.endpoint
        self.master_secret_arn = self.cluster.master_user_secrets.apply(
            lambda secrets: secrets[0].secret_arn or ""
        )
        self.register_outputs()

    def _subnets(self) -> rds.SubnetGroup:
        return self.child(
            rds.SubnetGroup, "subnets", subnet_ids=self._boundary["private_subnet_ids"]
        )

    def _access(self) -> DatabaseAccess:
        return self.child(DatabaseAccess, "access", {"boundary": self._boundary, "port": PORT})

    def _parameters(self) -> rds.ClusterParameterGroup:
        return self.child(
            rds.ClusterParameterGroup,
            "parameters",
            family=FAMILY,
            parameters=[
                {"name": "rds.force_ssl", "value": "1"},
                {"name": "log_statement", "value": "ddl"},
            ],
        )

    def _logs(self) -> cloudwatch.LogGroup:
        return self.child(
            cloudwatch.LogGroup,
            "logs",
            # Where RDS exports to; declared, so that it is encrypted and expires.
            name=Output.concat("/aws/rds/cluster/", self._identifier, "/postgresql"),
            kms_key_id=self._boundary["key_arn"],
            retention_in_days=self._boundary["log_retention_days"],
        )

    def _cluster(self) -> rds.Cluster:
        protected = is_protected(self._boundary)
        last_copy = Output.all(protected, Output.concat(self._identifier, "-final"))
        return self.child(
            rds.Cluster,
            "",
            cluster_identifier=self._identifier,
            engine=ENGINE,
            engine_version=ENGINE_VERSION,
            engine_mode="provisioned",  # what serverless v2 is called here
            database_name=self._args["database"],
            master_username=OWNER,
            manage_master_user_password=True,
            master_user_secret_kms_key_id=self._boundary["key_arn"],
            iam_database_authentication_enabled=True,
            serverlessv2_scaling_configuration=self._scaling,
            storage_encrypted=True,
            kms_key_id=self._boundary["key_arn"],
            backup_retention_period=BACKUP_DAYS,
            copy_tags_to_snapshot=True,
            deletion_protection=protected,
            skip_final_snapshot=protected.apply(lambda yes: not yes),
            final_snapshot_identifier=cast(
                "Output[str]", last_copy.apply(lambda both: both[1] if both[0] else None)
            ),
            db_subnet_group_name=self.subnets.name,
            db_cluster_parameter_group_name=self.parameters.name,
            vpc_security_group_ids=[self.access.security_group_id],
            enabled_cloudwatch_logs_exports=["postgresql"],
            tags={DATA_CLASS_TAG: self._boundary["data_class"]},
            opts=pulumi.ResourceOptions(depends_on=[self.logs]),
        )

    def _writer(self) -> rds.ClusterInstance:
        return self.child(
            rds.ClusterInstance,
            "writer",
            cluster_identifier=self.cluster.id,
            engine=rds.EngineType.AURORA_POSTGRESQL,
            engine_version=self.cluster.engine_version,
            instance_class="db.serverless",
            publicly_accessible=False,
            auto_minor_version_upgrade=True,
            copy_tags_to_snapshot=True,
            performance_insights_enabled=True,
            performance_insights_kms_key_id=self._boundary["key_arn"],
            performance_insights_retention_period=INSIGHTS_DAYS,
        )

    def _proxy(self) -> DatabaseProxy | None:
        users = self._args.get("proxy_users", [])
        if not users:
            return None
        return self.child(
            DatabaseProxy,
            "proxy",
            {
                "boundary": self._boundary,
                "cluster_identifier": self.cluster.cluster_identifier,
                "cluster_resource_id": self.cluster.cluster_resource_id,
                "security_group_id": self.access.security_group_id,
                "port": PORT,
                "users": users,
            },
        )

    def _alarms(self) -> dict[str, cloudwatch.MetricAlarm]:
        return database_alarms(
            self,
            self._name,
            self._args.get("alarms", {}),
            topic_arn=self._boundary["alarm_topic_arn"],
            cluster_identifier=self.cluster.cluster_identifier,
        )

    def connect(self, user: str) -> Permission:
        """Allow logging in as a database user by IAM, without a password.

        Raises:
            ArgumentError: no user can have the name, or `proxy_users` lacks it.
        """
        if not self.proxy:
            return login(self._name, self._boundary, self.cluster.cluster_resource_id, user)
        check_listed(self._name, user, self._args.get("proxy_users", []), "proxy_users")
        return self.proxy.connect(user)

    def own(self) -> Permission:
        """Allow logging in as the owner: for migrations only."""
        return permission(
            self._name,
            self._boundary,
            {"actions": ["secretsmanager:GetSecretValue"], "resources": [self.master_secret_arn]},
            key_statement(self._boundary, "secretsmanager", "kms:Decrypt"),
        )
