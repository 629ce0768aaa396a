import json

import pulumi
import pytest

from pulumi_rampart.boundary.args import Boundary, boundary_of
from pulumi_rampart.boundary.choices import SecurityBoundaryArgs
from pulumi_rampart.boundary.existing_network import ExistingNetworkArgs
from pulumi_rampart.boundary.security_boundary import SecurityBoundary
from pulumi_rampart.functions.zip_lambda import ZipLambda
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.stores.secret import SecureSecret
from pulumi_rampart.testing import Graph, record
from tests.components.inside import BOUNDARY, recorded, refusal, statements

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
VPC: ExistingNetworkArgs = {
    "vpc_id": "vpc-1",
    "private_subnet_ids": ["subnet-a", "subnet-b"],
    "route_table_ids": ["rtb-a"],
}


def bounded(args: SecurityBoundaryArgs | None = None) -> Graph:
    return recorded(lambda: SecurityBoundary("boundary", args or {}))


def test_without_a_domain_the_network_has_no_way_out() -> None:
    # when
    graph = bounded()

    # then
    assert graph.of("aws:ec2/internetGateway:InternetGateway") == ()
    assert graph.of("aws:ec2/natGateway:NatGateway") == ()
    assert graph.of("aws:ec2/route:Route") == ()


def test_with_a_domain_the_only_way_out_is_the_firewall() -> None:
    # when
    graph = bounded({"egress_domains": ["api.example.com"]})

    # then
    assert len(graph.of("aws:ec2/internetGateway:InternetGateway")) == 1
    leaving = {
        one.inputs["routeTableId"]: one.inputs.get("vpcEndpointId", "")
        for one in graph.of("aws:ec2/route:Route")
        if one.name.endswith("-egress-out")
    }
    assert leaving == {
        f"boundary-egress-zone-{n}-egress-routes": f"vpce-boundary-egress-firewall-{zone}"
        for n, zone in enumerate("ab")
    }


REFUSED: list[tuple[dict[str, object], str]] = [
    ({"log_retention_days": 100}, ".log_retention_days=100: allowed are 1, 3, 5, 7, 14"),
    ({"data_class": "secret"}, ".data_class='secret': allowed are 'public', 'internal', 'con"),
    ({"availability_zones": 0}, ".availability_zones=0: a whole number from 1 to 4 is allowed"),
    ({"cidr": "10.0.0.0/20"}, ".cidr='10.0.0.0/20': "),
    ({"code_signing": "Off"}, ".code_signing='Off': allowed are 'Enforce', 'Warn'"),
    ({"egress_ports": [0]}, ".egress_ports[0]=0: a whole number from 1 to 65535"),
    ({"egress_domains": ["https://api.example.com"]}, ".egress_domains[0]='https://api.example"),
    ({"egress_domains": ["*.example.com"]}, ".egress_domains[0]='*.example.com': "),
    ({"egress_domains": ["10.0.0.1"]}, ".egress_domains[0]='10.0.0.1': "),
    ({"alarm_emails": "ops@example.com"}, ".alarm_emails='ops@example.com': a list is wanted"),
    ({"alarm_email": ["ops@example.com"]}, ".alarm_email: there is no such argument; did you mean"),
    ({"egress": "dns"}, ".egress: there is nothing to call; name hosts in `egress_domains`"),
    (
        {"egress": "nat", "egress_domains": ["a.example.com"]},
        ".egress='nat': allowed are 'firewall",
    ),
    ({"log_level": "LOUD"}, ".log_level='LOUD': allowed are "),
    ({"grantable_actions": ["InvokeModel"]}, ".grantable_actions[0]='InvokeModel': "),
    ({"network": {**VPC}, "cidr": "10.0.0.0/16"}, ".cidr: the subnets of `network` decide this"),
    ({"network": {**VPC}, "egress_domains": ["a.example.com"]}, ".egress_domains: functions with"),
]


@pytest.mark.parametrize(("args", "why"), REFUSED)
def test_a_choice_that_makes_no_boundary_is_refused_by_its_name(
    args: dict[str, object], why: str
) -> None:
    # when
    message = refusal(
        lambda: SecurityBoundary("boundary", args)  # type: ignore[arg-type]  # wrong on purpose
    )

    # then
    assert message.startswith(f"boundary{why}")


def names(graph: Graph, type_: str) -> set[str]:
    return {one.name for one in graph.of(type_)}


@pytest.mark.usefixtures("functions")
def test_endpoints_are_made_for_the_services_that_functions_use_and_no_others() -> None:
    # given
    def program() -> None:
        boundary = SecurityBoundary("b", {})
        queue = ObservedQueue("jobs", {"boundary": boundary.args, "consumer_timeout_seconds": 60})
        secret = SecureSecret(
            "key", {"boundary": boundary.args, "description": "d", "issued_by": "i"}
        )
        ZipLambda(
            "hello",
            {
                "boundary": boundary.args,
                "source": "functions/hello",
                "permissions": [queue.send(), secret.read()],
            },
        )

    # then: what a key is used for by another service needs none of KMS
    made = names(recorded(program), ENDPOINT)
    assert made == {
        *(f"b-network-endpoints-gateway-{one}" for one in ("dynamodb", "s3")),
        *(f"b-network-endpoints-interface-{one}" for one in ("secretsmanager", "sqs")),
    }
    assert not any("interface" in name for name in names(bounded(), ENDPOINT))
    listed = names(bounded({"interface_services": ["kms"]}), ENDPOINT)
    assert [name for name in listed if "interface" in name] == [
        "boundary-network-endpoints-interface-kms"
    ]


def test_an_action_that_is_grantable_is_let_through_by_the_limit_of_roles() -> None:
    # when
    graph = bounded({"grantable_actions": ["bedrock:InvokeModel"]})

    # then
    limit = statements(graph.one("aws:iam/policy:Policy", "boundary-roles").inputs["policy"])
    assert any("bedrock:InvokeModel" in one["Action"] for one in limit)
    without = bounded().one("aws:iam/policy:Policy", "boundary-roles").inputs["policy"]
    assert "bedrock" not in without


def test_egress_by_names_has_one_nat_gateway_and_no_network_firewall() -> None:
    # when
    graph = bounded({"egress": "dns", "egress_domains": ["api.example.com"]})

    # then
    assert len(graph.of("aws:ec2/natGateway:NatGateway")) == 1
    assert graph.of("aws:networkfirewall/firewall:Firewall") == ()
    private = {one.name for one in graph.of("aws:ec2/subnet:Subnet") if "private" in one.name}
    assert len(private) == 2


def test_a_vpc_that_is_there_already_is_used_and_none_is_made() -> None:
    # given
    fields: list[Boundary] = []

    def program() -> None:
        network: ExistingNetworkArgs = {**VPC, "egress_subnet_ids": ["subnet-e"]}
        choices: SecurityBoundaryArgs = {"network": network, "egress_domains": ["a.example.com"]}
        fields.append(SecurityBoundary("b", choices).args)

    # when
    graph = recorded(program)

    # then
    assert graph.of("aws:ec2/vpc:Vpc") == graph.of("aws:ec2/subnet:Subnet") == ()
    groups = graph.of("aws:ec2/securityGroup:SecurityGroup")
    assert {one.inputs["vpcId"] for one in groups} == {"vpc-1"}
    assert fields[0]["egress_subnet_ids"] != []


def test_tags_reach_what_can_have_them_and_change_nothing_else() -> None:
    # when
    plain, tagged = bounded(), bounded({"tags": {"team": "orders"}})

    # then
    for one, other in zip(plain.resources, tagged.resources, strict=True):
        without = {key: value for key, value in other.inputs.items() if key != "tags"}
        assert without == {key: value for key, value in one.inputs.items() if key != "tags"}
    vpc = tagged.one("aws:ec2/vpc:Vpc", "boundary-network-vpc")
    assert vpc.inputs["tags"] == {"team": "orders"}
    assert tagged.one("aws:kms/key:Key", "boundary-key").inputs["tags"] == {"team": "orders"}


@pytest.mark.parametrize("preview", [True, False])
def test_a_boundary_of_another_stack_is_read_from_its_outputs(preview: bool) -> None:  # noqa: FBT001  # a parameter of the law
    # given: as the other stack exported it
    exported = json.loads(json.dumps(BOUNDARY))

    def program() -> None:
        network = pulumi.StackReference("organization/network/prod")
        shared = boundary_of(network.require_output("boundary"))
        ObservedQueue("jobs", {"boundary": shared, "consumer_timeout_seconds": 60})

    # when
    graph = record(
        program,
        config={"aws:region": "eu-central-1"},
        preview=preview,
        stack_references={"organization/network/prod": {"boundary": exported}},
    )

    # then
    queue = graph.one("aws:sqs/queue:Queue", "jobs")
    assert queue.inputs["kmsMasterKeyId"] == BOUNDARY["key_arn"]


def test_everything_at_rest_is_encrypted_with_one_customer_key() -> None:
    # when
    graph = bounded({"egress_domains": ["api.example.com"]})

    # then
    (key,) = graph.of("aws:kms/key:Key")
    groups = graph.of("aws:cloudwatch/logGroup:LogGroup")
    assert groups
    assert {one.inputs["kmsKeyId"] for one in groups} == {key.outputs["arn"]}
    (topic,) = graph.of("aws:sns/topic:Topic")
    assert topic.inputs["kmsMasterKeyId"] == key.outputs["arn"]


def test_stores_refuse_to_be_deleted_and_unsigned_code_to_run_unless_said_otherwise() -> None:
    # given
    boundaries: list[SecurityBoundary] = []

    # when
    graph = recorded(lambda: boundaries.append(SecurityBoundary("boundary", {})))

    # then
    assert boundaries[0].args["deletion_protection"] is True
    (signing,) = graph.of("aws:lambda/codeSigningConfig:CodeSigningConfig")
    assert signing.inputs["policies"] == {"untrustedArtifactOnDeployment": "Enforce"}


def test_whom_to_tell_of_alarms_is_configuration() -> None:
    # when
    graph = bounded({"alarm_emails": ["operations@example.com"]})

    # then
    (told,) = graph.of("aws:sns/topicSubscription:TopicSubscription")
    assert (told.inputs["protocol"], told.inputs["endpoint"]) == ("email", "operations@example.com")


def test_other_components_take_the_wall_as_plain_values() -> None:
    # when
    def program() -> None:
        boundary = SecurityBoundary("boundary", {})
        ObservedQueue("jobs", {"boundary": boundary.args, "consumer_timeout_seconds": 60})

    graph = recorded(program)

    # then
    (key,) = graph.of("aws:kms/key:Key")
    queue = graph.one("aws:sqs/queue:Queue", "jobs")
    assert queue.inputs["kmsMasterKeyId"] == key.outputs["arn"]
    assert queue.property_dependencies["kmsMasterKeyId"] == [key.urn]


def test_a_preview_registers_what_the_deployment_does() -> None:
    # given
    def program() -> SecurityBoundary:
        return SecurityBoundary("boundary", {"egress_domains": ["api.example.com"]})

    # when
    foreseen, made = recorded(program, preview=True), recorded(program)

    # then
    assert {one.urn for one in foreseen.resources} == {one.urn for one in made.resources}
