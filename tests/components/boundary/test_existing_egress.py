from pulumi_rampart.boundary.existing_egress import ExistingEgress, ExistingEgressArgs
from tests.components.inside import recorded, refusal

ARGS: ExistingEgressArgs = {
    "vpc_id": "vpc-1",
    "subnet_ids": ["subnet-e"],
    "ports": [443],
    "service_security_group_id": "sg-services",
}


def test_functions_get_a_group_that_reaches_the_ports_and_the_endpoints() -> None:
    # when
    graph = recorded(lambda: ExistingEgress("out", ARGS))

    # then
    group = graph.one("aws:ec2/securityGroup:SecurityGroup", "out-functions")
    (out,) = graph.of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
    (into,) = graph.of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert (out.inputs["securityGroupId"], out.inputs["fromPort"]) == (group.id, 443)
    assert into.inputs["securityGroupId"] == "sg-services"
    assert into.inputs["referencedSecurityGroupId"] == group.id
    assert graph.of("aws:ec2/subnet:Subnet") == ()


def test_a_text_in_place_of_ports_is_refused() -> None:
    message = refusal(lambda: ExistingEgress("out", {**ARGS, "ports": "443"}))  # type: ignore[typeddict-item]  # wrong on purpose
    assert message == "out.ports='443': a list is wanted; put the text in brackets."
