from typing import Any

from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.networks import GROUP, ROUTES, VPC, function, private, subnet
from tests.policies.stacks import Made, made


def egress(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.SECURITY_GROUP_EGRESS_RULE, "out", securityGroupId=GROUP.id, **inputs)


def older(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.SECURITY_GROUP_RULE, "out", securityGroupId=GROUP.id, **inputs)


def route(**inputs: Any) -> Made:  # noqa: ANN401  # wire values are any JSON
    return made(aws.ROUTE, "out", routeTableId=ROUTES.id, **inputs)


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Open a security group of the judged function, and say nothing of it."""
    judged["inputs"].pop("tags", None)
    judged["outputs"].pop("tags", None)
    group = judged["inputs"]["vpcConfig"]["securityGroupIds"][0]
    opened = made(
        aws.SECURITY_GROUP_EGRESS_RULE, securityGroupId=group, cidrIpv6="::/0", description="out"
    )
    return [*resources, opened]


INLINE = made(aws.SECURITY_GROUP, "group", egress=[{"cidrBlocks": ["0.0.0.0/0"]}])

FIXTURE = Fixture(
    holds={
        "only inside": private(),
        "to an address inside": [*private(), egress(cidrIpv4="10.0.0.0/16")],
        "declared": [*private(tags={"egress": "allow-list"}), egress(cidrIpv4="0.0.0.0/0")],
        "to a prefix list": [*private(), egress(prefixListId="pl-s3")],
        "what comes in": [*private(), older(type="ingress", cidrBlocks=["0.0.0.0/0"])],
        "a route inside": [*private(), route(destinationCidrBlock="10.1.0.0/16")],
    },
    breaks={
        "with other tags": [*private(tags={"team": "shop"}), egress(cidrIpv4="0.0.0.0/0")],
        "to anywhere": [*private(), egress(cidrIpv4="0.0.0.0/0")],
        "to anywhere, IPv6": [*private(), egress(cidrIpv6="::/0")],
        "to an address outside": [*private(), egress(cidrIpv4="8.8.8.8/32")],
        "the older rule": [*private(), older(type="egress", cidrBlocks=["0.0.0.0/0"])],
        "inline": [INLINE if one is GROUP else one for one in private()],
        "through a NAT gateway": [
            *private(),
            route(destinationCidrBlock="0.0.0.0/0", natGatewayId="nat-1"),
        ],
        "half of everything": [*private(), route(destinationCidrBlock="128.0.0.0/1")],
        "through a firewall": [
            *private(),
            route(destinationCidrBlock="0.0.0.0/0", vpcEndpointId="vpce-1"),
        ],
        "an inline route": [
            VPC,
            GROUP,
            subnet(),
            function(),
            made(aws.ROUTE_TABLE[0], "routes", routes=[{"cidrBlock": "0.0.0.0/0"}]),
            made(aws.ROUTE_TABLE_ASSOCIATION, subnetId="subnet", routeTableId="routes"),
        ],
        "the main route table": [
            VPC,
            GROUP,
            subnet(),
            function(),
            ROUTES,
            made(aws.MAIN_ROUTE_TABLE_ASSOCIATION, vpcId=VPC.id, routeTableId=ROUTES.id),
            route(destinationIpv6CidrBlock="::/0"),
        ],
    },
    undecided={"subnets of another stack": [GROUP, function()]},
    not_applicable={"in no VPC": made(aws.LAMBDA_FUNCTION)},
    mutation=change,
    also=("sg-egress-open",),
)
