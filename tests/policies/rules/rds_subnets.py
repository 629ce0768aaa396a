from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made

NETWORK = made(aws.VPC, "network")
GATEWAY = made(aws.INTERNET_GATEWAY, "gateway", vpcId=NETWORK.id)
SUBNET = made(aws.SUBNET, "inside", vpcId=NETWORK.id)
TABLE = made(aws.ROUTE_TABLE[0], "routes", vpcId=NETWORK.id)
PLACED = made(aws.ROUTE_TABLE_ASSOCIATION, subnetId=SUBNET.id, routeTableId=TABLE.id)
GROUP = made(aws.RDS_SUBNET_GROUP, "group", subnetIds=[SUBNET.id])
NETWORKED = [NETWORK, GATEWAY, SUBNET, PLACED, GROUP]


def route(**target: str) -> Made:
    return made(aws.ROUTE, routeTableId=TABLE.id, destinationCidrBlock="0.0.0.0/0", **target)


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Move the judged databases into a subnet that the internet reaches."""
    out = [one for one in resources if one["inputs"].get("gatewayId")]
    tables = {one["inputs"]["routeTableId"] for one in out if one["type"] == aws.ROUTE}
    placed = [one for one in resources if one["type"] == aws.ROUTE_TABLE_ASSOCIATION]
    public = [
        one["inputs"]["subnetId"] for one in placed if one["inputs"]["routeTableId"] in tables
    ]
    judged["inputs"]["subnetIds"] = public or judged["inputs"]["subnetIds"]
    return resources


FIXTURE = Fixture(
    holds={
        "by a NAT gateway": [*NETWORKED, TABLE, route(natGatewayId="nat-1")],
        "nowhere": [*NETWORKED, TABLE],
    },
    breaks={
        "by a gateway of the stack": [*NETWORKED, TABLE, route(gatewayId=GATEWAY.id)],
        "by another": [*NETWORKED, TABLE, route(gatewayId="igw-1")],
        "in the table itself": [
            *NETWORKED,
            made(
                aws.ROUTE_TABLE[0],
                "routes",
                routes=[{"cidrBlock": "0.0.0.0/0", "gatewayId": GATEWAY.id}],
            ),
        ],
    },
    mutation=change,
)
