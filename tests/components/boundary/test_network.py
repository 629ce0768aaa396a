import ipaddress
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_rampart.boundary.address_plan import KINDS, subnet_blocks
from pulumi_rampart.boundary.network import PrivateNetwork, PrivateNetworkArgs
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, KEY, recorded, refusal

ARGS: PrivateNetworkArgs = {
    "region": "eu-central-1",
    "account_id": ACCOUNT,
    "key_arn": KEY,
    "availability_zones": 2,
    "cidr": "10.0.0.0/16",
    "interface_services": ["lambda"],
    "log_retention_days": 365,
}

NETWORKS = st.builds(
    lambda high, low: f"{high}.{low}.0.0/16", st.integers(1, 223), st.integers(0, 255)
)


def network(**more: object) -> Graph:
    return recorded(lambda: PrivateNetwork("net", {**ARGS, **more}))  # type: ignore[typeddict-item]


@given(cidr=NETWORKS)
def test_the_blocks_of_all_kinds_lie_in_the_network_and_never_overlap(cidr: str) -> None:
    # when
    blocks = [ipaddress.IPv4Network(block) for kind in KINDS for block in subnet_blocks(cidr, kind)]

    # then
    assert all(block.subnet_of(ipaddress.IPv4Network(cidr)) for block in blocks)
    assert not any(one.overlaps(other) for one, other in itertools.combinations(blocks, 2))


@given(prefix=st.integers(0, 32).filter(lambda n: n != 16))
def test_a_range_that_is_no_16_is_refused(prefix: int) -> None:
    # given
    cidr = str(ipaddress.IPv4Network((0x0A000000, prefix), strict=False))

    # when
    message = refusal(lambda: PrivateNetwork("net", {**ARGS, "cidr": cidr}))

    # then
    assert message.startswith(f"net.cidr={cidr!r}: ")
    assert "/16" in message


@pytest.mark.parametrize("cidr", ["10.0.0.1/16", "ten", ""])
def test_a_range_that_is_none_is_refused(cidr: str) -> None:
    # when
    message = refusal(lambda: PrivateNetwork("net", {**ARGS, "cidr": cidr}))

    # then
    assert message.startswith(f"net.cidr={cidr!r}: ")
    assert "10.0.0.0/16" in message


@pytest.mark.parametrize("zones", [0, 5])
def test_no_zone_is_refused_and_so_are_more_than_there_is_room_for(zones: int) -> None:
    # when
    message = refusal(lambda: PrivateNetwork("net", {**ARGS, "availability_zones": zones}))

    # then
    assert message.startswith(
        f"net.availability_zones={zones}: a whole number from 1 to 4 is allowed"
    )


def test_more_zones_than_the_region_has_are_refused() -> None:
    # when
    message = refusal(lambda: PrivateNetwork("net", {**ARGS, "availability_zones": 4}))

    # then: the recorded region has three
    assert message == "net.availability_zones=4: the region has 3 zones; ask for fewer."


def test_no_subnet_has_a_route_anywhere() -> None:
    # when
    graph = network()

    # then
    assert len(graph.of("aws:ec2/subnet:Subnet")) == 2
    assert graph.of("aws:ec2/route:Route") == ()
    assert all("routes" not in one.inputs for one in graph.of("aws:ec2/routeTable:RouteTable"))
    assert graph.of("aws:ec2/internetGateway:InternetGateway") == ()


def test_each_subnet_lies_in_a_zone_of_its_own() -> None:
    # when
    graph = network(availability_zones=3)

    # then
    zones = [one.inputs["availabilityZone"] for one in graph.of("aws:ec2/subnet:Subnet")]
    assert sorted(zones) == ["eu-central-1a", "eu-central-1b", "eu-central-1c"]


def test_whatever_forgets_its_security_group_can_talk_to_nobody() -> None:
    # when
    graph = network()

    # then
    default = graph.one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "net-default-group")
    assert set(default.inputs) == {"vpcId"}
