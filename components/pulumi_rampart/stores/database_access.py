"""Who may talk to a database: the functions behind the boundary, on one port.

Creates, in order:
    <name>              aws.ec2.SecurityGroup             attached to the database
    <name>-from-<who>   aws.vpc.SecurityGroupIngressRule  it listens to functions
    <name>-by-<who>     aws.vpc.SecurityGroupEgressRule   and they may talk to it
"""

from typing import Annotated, NotRequired, TypedDict, cast

import pulumi
from pulumi import Input, Output
from pulumi_aws import ec2, vpc

from pulumi_rampart.arguments import Between, checked
from pulumi_rampart.boundary.args import Boundary, boundary_of
from pulumi_rampart.component import Component

PORT = Between(1, 65_535, "these are the ports of TCP.")
# Stands where there is no security group: a rule needs a peer, and nothing has this address.
NOBODY = "127.0.0.1/32"


class DatabaseAccessArgs(TypedDict):
    """Where the database is reached."""

    boundary: Input[Boundary]
    """Network, and the security groups of functions."""
    port: Annotated[int, PORT]
    """TCP port the database listens on."""


class _Peer(TypedDict):
    """Whom a rule is about, as the rules of a security group take it."""

    referenced_security_group_id: Input[str]
    cidr_ipv4: NotRequired[Input[str]]


class DatabaseAccess(Component):
    """A security group that functions reach and that reaches nobody.

    A part of `VectorDatabase`.

    Example:
        access = DatabaseAccess("shop-access", {"boundary": boundary.args, "port": 5432})
    """

    NAMES = (("{name}", ec2.SecurityGroup),)

    security_group_id: Output[str]
    """Attached to the database."""

    def __init__(
        self, name: str, args: DatabaseAccessArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self._args = checked(name, args, DatabaseAccessArgs)
        self._boundary = boundary_of(self._args["boundary"])
        super().__init__(name, opts, boundary=self._boundary)

        self.group = self._group()
        callers = self._callers()
        self.ingress = [self._ingress(who, group) for who, group in callers.items()]
        self.egress = [self._egress(who, group) for who, group in callers.items()]

        self.security_group_id = self.group.id
        self.register_outputs()

    def _callers(self) -> dict[str, Input[str]]:
        """Return the security groups of functions by what kind of functions they are of.

        Whether a boundary from another stack has the second one is known at deployment only: then
        its rules are made in any case, and let nobody in without it.
        """
        callers = {"private": self._boundary["private_security_group_id"]}
        if self._boundary["egress_security_group_id"] != "":
            callers["egress"] = self._boundary["egress_security_group_id"]
        return callers

    def _group(self) -> ec2.SecurityGroup:
        return self.child(
            ec2.SecurityGroup,
            "",
            vpc_id=self._boundary["vpc_id"],
            description="The private database of a boundary",  # EC2 replaces a group to change it
        )

    def _ingress(self, who: str, callers: Input[str]) -> vpc.SecurityGroupIngressRule:
        return self.child(
            vpc.SecurityGroupIngressRule,
            f"from-{who}",
            security_group_id=self.group.id,
            description=f"Functions ({who})",
            ip_protocol="tcp",
            from_port=self._args["port"],
            to_port=self._args["port"],
            **self._peer(who, callers, callers),
        )

    def _egress(self, who: str, callers: Input[str]) -> vpc.SecurityGroupEgressRule:
        group = callers
        if self._may_be_nobody(who, callers):
            both = Output.all(callers, self.group.id)
            group = both.apply(lambda ids: str(ids[0] or ids[1]))
        return self.child(
            vpc.SecurityGroupEgressRule,
            f"by-{who}",
            security_group_id=group,
            description=f"The database {self._name}",
            ip_protocol="tcp",
            from_port=self._args["port"],
            to_port=self._args["port"],
            **self._peer(who, callers, self.group.id),
        )

    def _peer(self, who: str, callers: Input[str], peer: Input[str]) -> _Peer:
        if not self._may_be_nobody(who, callers):
            return {"referenced_security_group_id": peer}
        both = Output.all(callers, peer)
        return {
            # None leaves an input out.
            "referenced_security_group_id": cast(
                "Output[str]", both.apply(lambda ids: ids[1] if ids[0] else None)
            ),
            "cidr_ipv4": cast("Output[str]", both.apply(lambda ids: None if ids[0] else NOBODY)),
        }

    @staticmethod
    def _may_be_nobody(who: str, callers: Input[str]) -> bool:
        return who == "egress" and not isinstance(callers, str)
