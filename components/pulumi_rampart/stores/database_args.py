"""What a system decides about its PostgreSQL database."""

from typing import Annotated, NotRequired, TypedDict

from pulumi import Input, Resource
from pulumi_aws import iam

from pulumi_rampart.arguments import AlsoCalled, Length, Matching, OneOf
from pulumi_rampart.boundary.args import Boundary
from pulumi_rampart.stores.aurora_capacity import Capacity
from pulumi_rampart.stores.backup_plan import BackupChoices, BackupPlan
from pulumi_rampart.stores.database_alarms import DatabaseAlarmChoices
from pulumi_rampart.stores.database_proxy import MAX_USERS, DatabaseProxy
from pulumi_rampart.stores.postgres_names import DatabaseName, UserName

# Without a minor version: RDS chooses it and raises it, and a later update leaves it where it is.
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_UpgradeDBInstance.PostgreSQL.MinorUpgrade.html
ENGINE_VERSION = "17"
VERSION = Matching(r"\d{2}(\.\d+)?", "write a major version, 17, or an exact one, 17.5.")
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html
MONITORING = OneOf((0, 1, 5, 10, 15, 30, 60), "these are RDS's intervals; 0 is off.")


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
    engine_version: NotRequired[Annotated[str, VERSION]]
    """Version of PostgreSQL: a major one, whose minor versions RDS raises by itself, or an exact
    one, which stays. Default 17."""
    monitoring_interval_seconds: NotRequired[Annotated[int, MONITORING]]
    """How often the operating system is measured: 0 (off), 1, 5, 10, 15, 30 or 60. Default 0."""
    backup_plan: NotRequired[BackupChoices]
    """Copies of AWS Backup besides the database's own, which end after 35 days. Default none."""
    alarms: NotRequired[DatabaseAlarmChoices]
    """Limits of its alarms, and which are off; `period_seconds` is 600 by default. Default those of
    each."""


def not_asked_for(args: VectorDatabaseArgs) -> list[type[Resource]]:
    """Return the kinds of children that a database of these arguments does not have."""
    asked: dict[type[Resource], bool] = {
        iam.Role: args.get("monitoring_interval_seconds", 0) > 0,
        DatabaseProxy: bool(args.get("proxy_users")),
        BackupPlan: "backup_plan" in args,
    }
    return [kind for kind, yes in asked.items() if not yes]
