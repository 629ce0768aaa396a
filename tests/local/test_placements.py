"""Which functions have a way out, and where image functions come from, read off a graph."""

import json
from itertools import product
from pathlib import Path

import pulumi_aws as aws
import pulumi_docker as docker
import pytest

from pulumi_rampart.testing import record
from rampart_local.executor.functions import Placement
from rampart_local.placements import placements

ROLE = "arn:aws:iam::123456789012:role/r"


def placed(root: Path = Path()) -> dict[str, Placement]:
    return {each.name: each for each in placements(record(declared), root)}


def declared() -> None:
    vpc = aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16")
    gateway = aws.ec2.InternetGateway("gateway", vpc_id=vpc.id)
    routes = aws.ec2.RouteTable("routes", vpc_id=vpc.id)
    aws.ec2.Route(
        "out", route_table_id=routes.id, destination_cidr_block="0.0.0.0/0", gateway_id=gateway.id
    )
    subnets = {
        name: aws.ec2.Subnet(name, vpc_id=vpc.id, cidr_block=f"10.0.{number}.0/24")
        for number, name in enumerate(("leading-out", "closed"))
    }
    aws.ec2.RouteTableAssociation(
        "routes", subnet_id=subnets["leading-out"].id, route_table_id=routes.id
    )
    groups = {name: aws.ec2.SecurityGroup(name, vpc_id=vpc.id) for name in ("opening", "shut")}
    aws.vpc.SecurityGroupEgressRule(
        "any", security_group_id=groups["opening"].id, ip_protocol="tcp", cidr_ipv4="0.0.0.0/0"
    )
    for (place, subnet), (word, group) in product(subnets.items(), groups.items()):
        aws.lambda_.Function(
            f"{place}-{word}",
            name=f"{place}-{word}",
            role=ROLE,
            vpc_config={"subnet_ids": [subnet.id], "security_group_ids": [group.id]},
        )
    aws.lambda_.Function("outside", name="outside", role=ROLE, reserved_concurrent_executions=5)


def test_a_way_out_takes_a_route_and_a_security_group_that_let_traffic_out() -> None:
    # when
    found = placed()

    # then
    assert {name for name, each in found.items() if each.egress} == {
        "leading-out-opening",
        "outside",
    }


def test_reserved_concurrency_is_kept() -> None:
    assert placed()["outside"].reserved_concurrency == 5


def test_an_image_function_runs_the_command_of_its_dockerfile_unless_it_names_another(
    tmp_path: Path,
) -> None:
    # given
    (tmp_path / "Dockerfile").write_text(f"FROM scratch\nCMD {json.dumps(['app.handle'])}\n")

    def program() -> None:
        image = docker.Image("image", image_name="image", build={"context": "."})
        for name, commands in (("plain", None), ("other", ["other.handle"])):
            aws.lambda_.Function(
                name,
                name=name,
                role=ROLE,
                package_type="Image",
                image_uri=image.repo_digest,
                image_config={"commands": commands} if commands else None,
            )

    # when
    found = {each.name: each for each in placements(record(program), tmp_path)}

    # then
    assert found["plain"].image_handler == "app.handle"
    assert found["other"].image_handler == "other.handle"
    assert found["plain"].image_folder == str(tmp_path)


def test_an_image_of_somebody_else_is_refused_in_words(tmp_path: Path) -> None:
    # given
    def program() -> None:
        aws.lambda_.Function("far", role=ROLE, package_type="Image", image_uri="elsewhere@sha256:0")

    # when, then
    with pytest.raises(LookupError, match="a laptop cannot fetch it"):
        placements(record(program), tmp_path)
