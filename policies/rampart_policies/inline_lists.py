"""Lists that a resource can hold itself or get item by item from other resources.

The provider writes the whole list of the resource at each update, so what others have added is
removed as soon as the list is read back.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rampart_policies import aws
from rampart_policies.graph import Graph, Resource
from rampart_policies.values import Block, UndecidedError

Same = Callable[[Block, Resource], bool]
"""(item of the list, resource that adds one) -> whether they are the same item."""


@dataclass(frozen=True)
class InlineList:
    """One list, and the resources that add to it as well."""

    holder: str
    path: str
    adders: tuple[tuple[str, str], ...]
    """(type, property that names the holder)."""
    same: Same
    source: str


def _fields(**pairs: str) -> Same:
    """Compare by fields: the item's name of each -> the adder's."""

    def same(item: Block, adder: Resource) -> bool:
        return all(item.text(mine) == adder.text(theirs) for mine, theirs in pairs.items())

    return same


def _is(path: str) -> Same:
    """Compare an item that is a text with a property of the adder."""

    def same(item: Block, adder: Resource) -> bool:
        return item.text("value") == adder.text(path)

    return same


_REGISTRY = "https://www.pulumi.com/registry/packages/aws/api-docs"
_PORTS = _fields(fromPort="fromPort", toPort="toPort")
INLINE_LISTS = (
    InlineList(
        aws.VPC_ENDPOINT,
        "routeTableIds",
        ((aws.VPC_ENDPOINT_ROUTE_TABLE, "vpcEndpointId"),),
        _is("routeTableId"),
        f"{_REGISTRY}/ec2/vpcendpoint/",
    ),
    InlineList(
        aws.VPC_ENDPOINT,
        "subnetIds",
        (("aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation", "vpcEndpointId"),),
        _is("subnetId"),
        f"{_REGISTRY}/ec2/vpcendpointsubnetassociation/",
    ),
    *(
        InlineList(
            kind,
            "routes",
            ((aws.ROUTE, "routeTableId"),),
            _fields(cidrBlock="destinationCidrBlock", ipv6CidrBlock="destinationIpv6CidrBlock"),
            f"{_REGISTRY}/ec2/routetable/",
        )
        for kind in aws.ROUTE_TABLE
    ),
    *(
        InlineList(
            kind,
            direction,
            (
                (rule, "securityGroupId"),
                *(((aws.SECURITY_GROUP_RULE, "securityGroupId"),) if direction == "egress" else ()),
            ),
            _PORTS,
            f"{_REGISTRY}/ec2/securitygroup/",
        )
        for kind in (aws.SECURITY_GROUP, aws.DEFAULT_SECURITY_GROUP)
        for direction, rule in (
            ("ingress", aws.SECURITY_GROUP_INGRESS_RULE),
            ("egress", aws.SECURITY_GROUP_EGRESS_RULE),
        )
    ),
    InlineList(
        aws.IAM_ROLE,
        "managedPolicyArns",
        (
            (aws.IAM_ROLE_POLICY_ATTACHMENT, "role"),
            ("aws:iam/policyAttachment:PolicyAttachment", "roles"),
        ),
        _is("policyArn"),
        f"{_REGISTRY}/iam/role/",
    ),
    InlineList(
        aws.IAM_ROLE,
        "inlinePolicies",
        ((aws.IAM_ROLE_POLICY, "role"),),
        _fields(name="name"),
        f"{_REGISTRY}/iam/role/",
    ),
    InlineList(
        "aws:ec2/networkAcl:NetworkAcl",
        "subnetIds",
        (("aws:ec2/networkAclAssociation:NetworkAclAssociation", "networkAclId"),),
        _is("subnetId"),
        f"{_REGISTRY}/ec2/networkaclassociation/",
    ),
    *(
        InlineList(
            "aws:ec2/networkAcl:NetworkAcl",
            direction,
            (("aws:ec2/networkAclRule:NetworkAclRule", "networkAclId"),),
            _fields(ruleNo="ruleNumber"),
            f"{_REGISTRY}/ec2/networkacl/",
        )
        for direction in ("ingress", "egress")
    ),
    InlineList(
        aws.RDS_CLUSTER,
        "iamRoles",
        (("aws:rds/clusterRoleAssociation:ClusterRoleAssociation", "dbClusterIdentifier"),),
        _is("roleArn"),
        f"{_REGISTRY}/rds/clusterroleassociation/",
    ),
)


def undone(holder: Resource, graph: Graph) -> Iterator[tuple[InlineList, Resource]]:
    """Yield each resource whose item the holder's own list will remove.

    An item that stands in the list too is no quarrel: the engine records lists as they were read.

    Raises:
        UndecidedError: an item is not known, so neither is whether it is the same.
    """
    for one in INLINE_LISTS:
        if one.holder != holder.type or not holder.has(one.path):
            continue
        items = holder.blocks(one.path)
        for kind, path in one.adders:
            for adder in graph.referrers(holder, kind, path):
                if not any(one.same(item, adder) for item in items):
                    yield one, adder


def has_list(holder: Resource, graph: Graph) -> bool:
    """Whether the holder has one of these lists, or others add to one."""
    for one in INLINE_LISTS:
        if one.holder == holder.type:
            if holder.has(one.path):
                return True
            for kind, path in one.adders:
                try:
                    if graph.referrers(holder, kind, path):
                        return True
                except UndecidedError:
                    return True
    return False
