"""Outputs of other stacks are those that the recording was given."""

import json

import pulumi
import pytest
from pulumi_aws import ec2, ssm

from pulumi_rampart.testing import SECRET, record, secret

GIVEN = {"organization/network/dev": {"vpc_id": "vpc-1", "token": secret("t0ken")}}


def test_given_outputs_reach_the_program_and_secret_ones_stay_secret() -> None:
    # given
    def program() -> None:
        network = pulumi.StackReference("organization/network/dev")
        ec2.SecurityGroup("group", vpc_id=network.require_output("vpc_id"))
        ssm.Parameter("name", type="String", value="x", description=network.get_output("token"))
        pulumi.export("absent", network.get_output("absent"))

    for preview in (False, True):
        # when
        graph = record(program, stack_references=GIVEN, preview=preview)

        # then
        group = graph.one("aws:ec2/securityGroup:SecurityGroup", "group")
        (reference,) = graph.of("pulumi:pulumi:StackReference")
        assert group.inputs["vpcId"] == "vpc-1"
        assert group.dependencies == [reference.urn]
        assert (reference.external, reference.id) == (True, "organization/network/dev")
        assert "t0ken" not in json.dumps(graph.to_json())
        assert graph.one("aws:ssm/parameter:Parameter", "name").inputs["description"] == SECRET


@pytest.mark.parametrize("name", ["organization/network/dev", "network/dev"])
def test_a_stack_is_named_with_or_without_its_organization(name: str) -> None:
    # when
    graph = record(
        lambda: pulumi.export("vpc", pulumi.StackReference(name).get_output("vpc_id")),
        stack_references=GIVEN,
    )

    # then
    assert graph.exports == {"vpc": "vpc-1"}


def test_a_stack_of_the_same_project_is_named_alone() -> None:
    # when
    graph = record(
        lambda: pulumi.export("vpc", pulumi.StackReference("dev").get_output("vpc_id")),
        project="network",
        stack="second",
        stack_references=GIVEN,
    )

    # then
    assert graph.exports == {"vpc": "vpc-1"}


def test_a_stack_that_nobody_gave_is_named_with_what_to_pass() -> None:
    # then
    with pytest.raises(
        LookupError,
        match=r"stack 'organization/data/dev'.*given are \['organization/network/dev'\].*"
        r"stack_references=\{'organization/data/dev'",
    ):
        record(lambda: pulumi.StackReference("organization/data/dev"), stack_references=GIVEN)
