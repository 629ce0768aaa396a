"""A proxy that shares a few database connections among many functions, with IAM logins end to end.

Creates, in order:
    <name>-role    aws.iam.Role                         what the proxy becomes to log in
    <name>-policy  aws.iam.RolePolicy                   as the named users, and nobody else
    <name>         aws.rds.Proxy                        TLS only
    <name>-pool    aws.rds.ProxyDefaultTargetGroup      how many connections it keeps
    <name>-target  aws.rds.ProxyTarget                  the cluster behind it
    <name>-in, -out   aws.vpc rules                     from the proxy to the database
"""

from typing import Annotated, TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import iam, rds, vpc

from pulumi_rampart.arguments import AlsoCalled, Length, checked, refused
from pulumi_rampart.boundary.args import Boundary, boundary_of, prefixed
from pulumi_rampart.component import Component
from pulumi_rampart.documents import trust
from pulumi_rampart.permission import Permission, permission, policy_document
from pulumi_rampart.stores.database_access import PORT
from pulumi_rampart.stores.postgres_names import UserName

# Of what the cluster allows; the rest is for the owner's migrations and for people.
CONNECTIONS_PERCENT = 80
IDLE_SECONDS = 300
# The proxy's role names each: IAM allows 10,240 characters of inline policies a role, and an ARN
# has at least 85 with its quotes.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
MAX_USERS = 120


class DatabaseProxyArgs(TypedDict):
    """What the proxy stands before."""

    boundary: Input[Boundary]
    """Private subnets, permissions boundary."""
    cluster_identifier: Annotated[Input[str], AlsoCalled(("db_cluster_identifier",))]
    """The cluster behind it."""
    cluster_resource_id: Input[str]
    """How IAM names that cluster."""
    security_group_id: Input[str]
    """Attached to the database; it is attached to the proxy too."""
    port: Annotated[int, PORT]
    """Where the database listens."""
    users: Annotated[
        list[Annotated[str, UserName()]], Length(1, MAX_USERS, "IAM could not name them all.")
    ]
    """Database users that may log in through it, 1 to 120."""


class DatabaseProxy(Component):
    """An RDS proxy without passwords.

    A part of `VectorDatabase`.

    Example:
        proxy = DatabaseProxy("shop-proxy", {
            "boundary": boundary.args, "cluster_identifier": "shop",
            "cluster_resource_id": "cluster-SHOP", "security_group_id": "sg-shop",
            "port": 5432, "users": ["shop_app"],
        })
    """

    NAMES = (
        ("{name}-role", iam.Role),
        ("{name}-policy", iam.RolePolicy),
        ("{prefix}-{name}", rds.Proxy),
    )

    host: Output[str]
    """Where functions connect."""

    def __init__(
        self, name: str, args: DatabaseProxyArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, DatabaseProxyArgs)
        self._boundary = boundary_of(self._args["boundary"])
        super().__init__(name, opts, boundary=self._boundary)

        self.role = self._role()
        self.policy = self._policy()
        self.proxy = self._proxy()
        self.pool = self._pool()
        self.target = self._target()
        self.ingress = self._ingress()
        self.egress = self._egress()

        self.host = self.proxy.endpoint
        self.register_outputs()

    def _role(self) -> iam.Role:
        return self.child(
            iam.Role,
            "role",
            permissions_boundary=self._boundary["permissions_boundary_arn"],
            assume_role_policy=trust("rds.amazonaws.com", self._boundary["account_id"]),
        )

    def _policy(self) -> iam.RolePolicy:
        cluster = self._args["cluster_resource_id"]
        logins = login(self._name, self._boundary, cluster, *self._args["users"])
        return self.child(
            iam.RolePolicy, "policy", role=self.role.name, policy=policy_document([logins])
        )

    def _proxy(self) -> rds.Proxy:
        return self.child(
            rds.Proxy,
            "",
            name=prefixed(self._boundary, self._name),
            engine_family="POSTGRESQL",
            role_arn=self.role.arn,
            # End to end: the proxy keeps no secret either.
            # https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-iam-setup.html
            default_auth_scheme="IAM_AUTH",
            require_tls=True,
            debug_logging=False,  # it would write the SQL down
            idle_client_timeout=IDLE_SECONDS,
            vpc_subnet_ids=self._boundary["private_subnet_ids"],
            vpc_security_group_ids=[self._args["security_group_id"]],
            opts=pulumi.ResourceOptions(depends_on=[self.policy]),
        )

    def _pool(self) -> rds.ProxyDefaultTargetGroup:
        return self.child(
            rds.ProxyDefaultTargetGroup,
            "pool",
            db_proxy_name=self.proxy.name,
            connection_pool_config={"max_connections_percent": CONNECTIONS_PERCENT},
        )

    def _target(self) -> rds.ProxyTarget:
        return self.child(
            rds.ProxyTarget,
            "target",
            db_proxy_name=self.proxy.name,
            target_group_name=self.pool.name,
            db_cluster_identifier=self._args["cluster_identifier"],
        )

    def _ingress(self) -> vpc.SecurityGroupIngressRule:
        return self.child(
            vpc.SecurityGroupIngressRule,
            "in",
            security_group_id=self._args["security_group_id"],
            description="The database listens to its proxy",
            ip_protocol="tcp",
            from_port=self._args["port"],
            to_port=self._args["port"],
            referenced_security_group_id=self._args["security_group_id"],
        )

    def _egress(self) -> vpc.SecurityGroupEgressRule:
        return self.child(
            vpc.SecurityGroupEgressRule,
            "out",
            security_group_id=self._args["security_group_id"],
            description="The proxy talks to its database",
            ip_protocol="tcp",
            from_port=self._args["port"],
            to_port=self._args["port"],
            referenced_security_group_id=self._args["security_group_id"],
        )

    def connect(self, user: str) -> Permission:
        """Allow logging in to the proxy as a database user.

        Raises:
            ArgumentError: the proxy itself may not log in as this user.
        """
        check_listed(self._name, user, self._args["users"], "users")
        # IAM names a proxy by the last part of its ARN: prx-...
        proxy_id = self.proxy.arn.apply(lambda arn: arn.rpartition(":")[2])
        return login(self._name, self._boundary, proxy_id, user)


def login(component: str, boundary: Boundary, resource_id: Input[str], *users: str) -> Permission:
    """Allow logging in by IAM.

    Args:
        component: logical name, for messages.
        boundary: where the database is.
        resource_id: of the cluster or the proxy.
        users: of the database.

    Raises:
        ArgumentError: a name is none that a user can have, or the boundary denies logins.
    """
    for user in users:
        if text := UserName().problem(user):
            raise refused(component, "connect", text, got=user)
    start = Output.concat(
        "arn:aws:rds-db:", boundary["region"], ":", boundary["account_id"], ":dbuser:", resource_id
    )
    arns = [Output.concat(start, f"/{user}") for user in users]
    return permission(component, boundary, {"actions": ["rds-db:connect"], "resources": [*arns]})


def check_listed(component: str, user: str, users: list[str], field: str) -> None:
    """Refuse a user that a proxy may not log in as: its login would fail behind the proxy."""
    if user not in users:
        raise refused(
            component,
            "connect",
            f"the proxy logs in as {', '.join(users)} only; add the user to `{field}`.",
            got=user,
        )
