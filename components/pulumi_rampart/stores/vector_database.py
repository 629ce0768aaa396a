"""Aurora PostgreSQL with pgvector, which functions reach privately, over TLS, by IAM login.

Creates, in order:
    <name>-subnets     aws.rds.SubnetGroup             the private ones
    <name>-access      DatabaseAccess                  functions may talk to it, nobody else
    <name>-parameters  aws.rds.ClusterParameterGroup   TLS is forced, schema changes are logged
    <name>-logs        aws.cloudwatch.LogGroup         encrypted, with retention
    <name>             aws.rds.Cluster                 serverless, customer key, backups
    <name>-writer      aws.rds.ClusterInstance
    <name>-monitoring  aws.iam.Role                    if the system is to be measured
    <name>-proxy       DatabaseProxy                   if users are named for it
    <name>-backups     BackupPlan                      if there is to be one
    <name>-capacity, -connections   aws.cloudwatch.MetricAlarm
"""

from typing import cast

import pulumi
from pulumi import Output
from pulumi_aws import cloudwatch, iam, rds

from pulumi_rampart.arguments import checked
from pulumi_rampart.boundary.args import (
    DATA_CLASS_TAG,
    boundary_of,
    is_protected,
    prefixed,
)
from pulumi_rampart.component import Component
from pulumi_rampart.permission import Permission, key_statement, permission
from pulumi_rampart.stores.aurora_capacity import scaling
from pulumi_rampart.stores.backup_plan import BackupPlan
from pulumi_rampart.stores.database_access import DatabaseAccess
from pulumi_rampart.stores.database_alarms import database_alarms
from pulumi_rampart.stores.database_args import ENGINE_VERSION, VectorDatabaseArgs, not_asked_for
from pulumi_rampart.stores.database_monitoring import monitoring_role
from pulumi_rampart.stores.database_proxy import DatabaseProxy, check_listed, login
from pulumi_rampart.stores.postgres_names import OWNER

ENGINE = "aurora-postgresql"
PORT = 5432
BACKUP_DAYS = 35  # the longest Aurora keeps automatic backups
INSIGHTS_DAYS = 465


class VectorDatabase(Component):
    """A serverless PostgreSQL cluster that can hold embeddings.

    Example:
        database = VectorDatabase("shop", {"boundary": boundary.args, "database": "shop"})
    """

    NAMES = (
        ("{name}-access", DatabaseAccess),
        ("{name}-subnets", rds.SubnetGroup),
        ("{name}-parameters", rds.ClusterParameterGroup),
        ("/aws/rds/cluster/{prefix}-{name}/postgresql", cloudwatch.LogGroup),
        ("{prefix}-{name}", rds.Cluster),
        ("{name}-writer", rds.ClusterInstance),
        ("{name}-monitoring", iam.Role),
        ("{name}-monitoring-policy", iam.RolePolicy),
        ("{name}-proxy", DatabaseProxy),
        ("{name}-backups", BackupPlan),
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
        self._postgres = self._args.get("engine_version", ENGINE_VERSION)
        self._scaling = scaling(
            name, self._args.get("min_capacity", 0.5), self._args.get("max_capacity", 4)
        )
        super().__init__(name, opts, boundary=self._boundary, without=not_asked_for(self._args))

        self.subnets = self._subnets()
        self.access = self._access()
        self.parameters = self._parameters()
        self.logs = self._logs()
        self.cluster = self._cluster()
        self.monitoring = self._monitoring()
        self.writer = self._writer(self.monitoring)
        self.proxy = self._proxy()
        self.backups = self._backups()
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
            family=f"{ENGINE}{self._postgres.partition('.')[0]}",
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
            engine_version=self._postgres,
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

    def _monitoring(self) -> iam.Role | None:
        if not self._args.get("monitoring_interval_seconds", 0):
            return None
        return monitoring_role(self, self._boundary)

    def _writer(self, monitoring: iam.Role | None) -> rds.ClusterInstance:
        return self.child(
            rds.ClusterInstance,
            "writer",
            cluster_identifier=self.cluster.id,
            engine=rds.EngineType.AURORA_POSTGRESQL,
            engine_version=self._postgres,
            instance_class="db.serverless",
            publicly_accessible=False,
            # An exact version would be taken back by the next update.
            auto_minor_version_upgrade="." not in self._postgres,
            monitoring_interval=self._args.get("monitoring_interval_seconds", 0),
            monitoring_role_arn=monitoring.arn if monitoring else None,
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

    def _backups(self) -> BackupPlan | None:
        if "backup_plan" not in self._args:
            return None
        return self.child(
            BackupPlan,
            "backups",
            {
                **self._args["backup_plan"],
                "boundary": self._boundary,
                "resource_arn": self.cluster.arn,
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
