"""Who may talk to a database: the functions behind the wall, on one port.

Creates, in order:
    <name>              aws.ec2.SecurityGroup             what the database wears
    <name>-from-<who>   aws.vpc.SecurityGroupIngressRule  it listens to functions
    <name>-by-<who>     aws.vpc.SecurityGroupEgressRule   and they may talk to it
"""

from dataclasses import dataclass
from typing import TypedDict

import pulumi
from pulumi import Output
from pulumi_aws import ec2, vpc

from pulumi_rampart._transform import Transform, unchanged
from pulumi_rampart.boundary.security_boundary import Boundary


class DatabaseAccessArgs(TypedDict):
    """Where the database is reached."""

    boundary: Boundary
    """The wall: network and what functions wear."""
    port: int
    """TCP port the database listens on."""


@dataclass(frozen=True, kw_only=True)
class DatabaseAccessTransforms:
    """Escape hatch: each edits one child's arguments, after our defaults."""

    group: Transform[ec2.SecurityGroupArgs] = unchanged
    ingress: Transform[vpc.SecurityGroupIngressRuleArgs] = unchanged
    egress: Transform[vpc.SecurityGroupEgressRuleArgs] = unchanged


@dataclass(frozen=True, kw_only=True)
class DatabaseAccessNodes:
    """The raw resources."""

    group: ec2.SecurityGroup
    ingress: tuple[vpc.SecurityGroupIngressRule, ...]
    egress: tuple[vpc.SecurityGroupEgressRule, ...]


class DatabaseAccess(pulumi.ComponentResource):
    """A security group that functions reach and that reaches nobody.

    Example:
        access = DatabaseAccess("shop-access", {"boundary": boundary.args, "port": 5432})
    """

    security_group_id: Output[str]
    """What the database wears."""

    def __init__(
        self,
        name: str,
        args: DatabaseAccessArgs,
        opts: pulumi.ResourceOptions | None = None,
        *,
        transforms: DatabaseAccessTransforms = DatabaseAccessTransforms(),
    ) -> None:
        super().__init__("rampart:index:DatabaseAccess", name, None, opts)
        self._name, self._port, self._transforms = name, int(args["port"]), transforms
        self._boundary = args["boundary"]
        self._child = pulumi.ResourceOptions(parent=self)

        group = self._group()
        callers = self._callers()
        ingress = tuple(self._ingress(group, who, worn) for who, worn in callers.items())
        egress = tuple(self._egress(group, who, worn) for who, worn in callers.items())

        self.nodes = DatabaseAccessNodes(group=group, ingress=ingress, egress=egress)
        self.security_group_id = group.id
        self.register_outputs({"securityGroupId": self.security_group_id})

    def _callers(self) -> dict[str, pulumi.Input[str]]:
        callers = {"private": self._boundary["private_security_group_id"]}
        if self._boundary["egress_security_group_id"]:
            callers["egress"] = self._boundary["egress_security_group_id"]
        return callers

    def _group(self) -> ec2.SecurityGroup:
        args = ec2.SecurityGroupArgs(
            vpc_id=self._boundary["vpc_id"], description="A database behind the wall"
        )
        self._transforms.group(args)
        return ec2.SecurityGroup(self._name, args, opts=self._child)

    def _ingress(
        self, group: ec2.SecurityGroup, who: str, worn: pulumi.Input[str]
    ) -> vpc.SecurityGroupIngressRule:
        args = vpc.SecurityGroupIngressRuleArgs(
            security_group_id=group.id,
            description=f"Functions ({who})",
            ip_protocol="tcp",
            from_port=self._port,
            to_port=self._port,
            referenced_security_group_id=worn,
        )
        self._transforms.ingress(args)
        return vpc.SecurityGroupIngressRule(f"{self._name}-from-{who}", args, opts=self._child)

    def _egress(
        self, group: ec2.SecurityGroup, who: str, worn: pulumi.Input[str]
    ) -> vpc.SecurityGroupEgressRule:
        args = vpc.SecurityGroupEgressRuleArgs(
            security_group_id=worn,
            description=f"The database {self._name}",
            ip_protocol="tcp",
            from_port=self._port,
            to_port=self._port,
            referenced_security_group_id=group.id,
        )
        self._transforms.egress(args)
        return vpc.SecurityGroupEgressRule(f"{self._name}-by-{who}", args, opts=self._child)
