"""A proxy that shares a few database connections among many functions, with IAM logins end to end.

Creates, in order:
    <name>-role    aws.iam.Role                         what the proxy becomes to log in
    <name>-policy  aws.iam.RolePolicy                   as the named users, and nobody else
    <name>         aws.rds.Proxy                        TLS only
    <name>-pool    aws.rds.ProxyDefaultTargetGroup      how many connections it keeps
    <name>-target  aws.rds.ProxyTarget                  the cluster behind it
    <name>-in, -out   aws.vpc rules                     from the proxy to the database
"""

from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi import Input, Output
from pulumi_aws import iam, rds, vpc

from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart._trust import trust
from pulumi_rampart.boundary.security_boundary import Boundary
from pulumi_rampart.permission import Permission, policy_document

# Of what the cluster allows; the rest is for the owner's migrations and for people.
CONNECTIONS_PERCENT = 80
IDLE_SECONDS = 300


class DatabaseProxyArgs(TypedDict):
    """What the proxy stands before."""

    boundary: Boundary
    """The wall: private subnets, permissions boundary."""
    cluster_identifier: Input[str]
    """The cluster behind it."""
    cluster_resource_id: Input[str]
    """How IAM names that cluster."""
    security_group_id: Input[str]
    """What the database wears; the proxy wears it too."""
    port: int
    """Where the database listens."""
    users: list[str]
    """Database users that may log in through it."""


@dataclass(frozen=True, kw_only=True)
class DatabaseProxyTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    role: Transform[iam.RoleArgs] = unchanged
    policy: Transform[iam.RolePolicyArgs] = unchanged
    proxy: Transform[rds.ProxyArgs] = unchanged
    pool: Transform[rds.ProxyDefaultTargetGroupArgs] = unchanged
    target: Transform[rds.ProxyTargetArgs] = unchanged
    ingress: Transform[vpc.SecurityGroupIngressRuleArgs] = unchanged
    egress: Transform[vpc.SecurityGroupEgressRuleArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class DatabaseProxyNodes:
    """The raw resources."""

    role: iam.Role
    policy: iam.RolePolicy
    proxy: rds.Proxy
    pool: rds.ProxyDefaultTargetGroup
    target: rds.ProxyTarget
    ingress: vpc.SecurityGroupIngressRule
    egress: vpc.SecurityGroupEgressRule


class DatabaseProxy(pulumi.ComponentResource):
    """An RDS proxy without passwords.

    Example:
        proxy = DatabaseProxy("shop-proxy", {
            "boundary": boundary.args, "cluster_identifier": "shop",
            "cluster_resource_id": "cluster-SHOP", "security_group_id": "sg-shop",
            "port": 5432, "users": ["shop_app"],
        })
    """

    host: Output[str]
    """Where functions connect."""

    def __init__(
        self,
        name: str,
        args: DatabaseProxyArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: DatabaseProxyTransforms = DatabaseProxyTransforms(),
    ) -> None:
        super().__init__("rampart:index:DatabaseProxy", name, None, opts)
        self._name, self._args, self._transforms = name, args, transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        role = self._role()
        policy = self._policy(role)
        proxy = self._proxy(role, policy)
        pool = self._pool(proxy)
        target = self._target(proxy, pool)
        ingress, egress = self._to_database()

        self.nodes = DatabaseProxyNodes(
            role=role,
            policy=policy,
            proxy=proxy,
            pool=pool,
            target=target,
            ingress=ingress,
            egress=egress,
        )
        self.host = proxy.endpoint
        self.register_outputs({"host": self.host})

    def _role(self) -> iam.Role:
        args = iam.RoleArgs(
            permissions_boundary=self._boundary["permissions_boundary_arn"],
            assume_role_policy=trust("rds.amazonaws.com", self._boundary["account_id"]),
        )
        self._transforms.role(args)
        return iam.Role(f"{self._name}-role", args, opts=self._child)

    def _policy(self, role: iam.Role) -> iam.RolePolicy:
        logins: Permission = {
            "statements": [
                {
                    "actions": ["rds-db:connect"],
                    "resources": [
                        login_arn(self._boundary, self._args["cluster_resource_id"], user)
                        for user in self._args["users"]
                    ],
                }
            ]
        }
        args = iam.RolePolicyArgs(role=role.name, policy=policy_document([logins]))
        self._transforms.policy(args)
        return iam.RolePolicy(f"{self._name}-policy", args, opts=self._child)

    def _proxy(self, role: iam.Role, policy: iam.RolePolicy) -> rds.Proxy:
        args = rds.ProxyArgs(
            name=f"{self._boundary['prefix']}-{self._name}",
            engine_family="POSTGRESQL",
            role_arn=role.arn,
            # End to end: the proxy keeps no secret either.
            # https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-iam-setup.html
            default_auth_scheme="IAM_AUTH",
            require_tls=True,
            debug_logging=False,  # it would write the SQL down
            idle_client_timeout=IDLE_SECONDS,
            vpc_subnet_ids=self._boundary["private_subnet_ids"],
            vpc_security_group_ids=[self._args["security_group_id"]],
        )
        self._transforms.proxy(args)
        return rds.Proxy(
            self._name, args, opts=pulumi.ResourceOptions(parent=self, depends_on=[policy])
        )

    def _pool(self, proxy: rds.Proxy) -> rds.ProxyDefaultTargetGroup:
        args = rds.ProxyDefaultTargetGroupArgs(
            db_proxy_name=proxy.name,
            connection_pool_config=rds.ProxyDefaultTargetGroupConnectionPoolConfigArgs(
                max_connections_percent=CONNECTIONS_PERCENT
            ),
        )
        self._transforms.pool(args)
        return rds.ProxyDefaultTargetGroup(f"{self._name}-pool", args, opts=self._child)

    def _target(self, proxy: rds.Proxy, pool: rds.ProxyDefaultTargetGroup) -> rds.ProxyTarget:
        args = rds.ProxyTargetArgs(
            db_proxy_name=proxy.name,
            target_group_name=pool.name,
            db_cluster_identifier=self._args["cluster_identifier"],
        )
        self._transforms.target(args)
        return rds.ProxyTarget(f"{self._name}-target", args, opts=self._child)

    def _to_database(self) -> tuple[vpc.SecurityGroupIngressRule, vpc.SecurityGroupEgressRule]:
        group, port = self._args["security_group_id"], int(self._args["port"])
        ingress = vpc.SecurityGroupIngressRuleArgs(
            security_group_id=group,
            description="The database listens to its proxy",
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            referenced_security_group_id=group,
        )
        self._transforms.ingress(ingress)
        egress = vpc.SecurityGroupEgressRuleArgs(
            security_group_id=group,
            description="The proxy talks to its database",
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            referenced_security_group_id=group,
        )
        self._transforms.egress(egress)
        return (
            vpc.SecurityGroupIngressRule(f"{self._name}-in", ingress, opts=self._child),
            vpc.SecurityGroupEgressRule(f"{self._name}-out", egress, opts=self._child),
        )

    def connect(self, user: str) -> Permission:
        """Allow logging in to the proxy as a database user."""
        # IAM names a proxy by the last part of its ARN: prx-...
        proxy_id = self.nodes.proxy.arn.apply(lambda arn: arn.rpartition(":")[2])
        login = login_arn(self._boundary, proxy_id, user)
        return {"statements": [{"actions": ["rds-db:connect"], "resources": [login]}]}


def login_arn(boundary: Boundary, resource_id: Input[str], user: str) -> Output[str]:
    """Return how IAM names a database user of a cluster or a proxy."""
    return Output.concat(
        "arn:aws:rds-db:",
        boundary["region"],
        ":",
        boundary["account_id"],
        ":dbuser:",
        resource_id,
        f"/{user}",
    )
