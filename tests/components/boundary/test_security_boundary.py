import pytest

from pulumi_rampart.boundary.security_boundary import SecurityBoundary, SecurityBoundaryArgs
from pulumi_rampart.messaging.queue import ObservedQueue
from pulumi_rampart.testing import Graph
from tests.components.wall import recorded, refusal


def wall(args: SecurityBoundaryArgs | None = None) -> Graph:
    return recorded(lambda: SecurityBoundary("wall", args or {}))


def test_without_a_domain_the_network_has_no_way_out() -> None:
    # when
    graph = wall()

    # then
    assert graph.of("aws:ec2/internetGateway:InternetGateway") == ()
    assert graph.of("aws:ec2/natGateway:NatGateway") == ()
    assert graph.of("aws:ec2/route:Route") == ()


def test_with_a_domain_the_only_way_out_is_the_firewall() -> None:
    # when
    graph = wall({"egress_domains": ["api.example.com"]})

    # then
    assert len(graph.of("aws:ec2/internetGateway:InternetGateway")) == 1
    leaving = {
        one.inputs["routeTableId"]: one.inputs.get("vpcEndpointId", "")
        for one in graph.of("aws:ec2/route:Route")
        if one.name.endswith("-egress-out")
    }
    assert leaving == {
        f"wall-egress-zone-{n}-egress-routes": f"vpce-wall-egress-firewall-{zone}"
        for n, zone in enumerate("ab")
    }


REFUSED: list[tuple[SecurityBoundaryArgs, str]] = [
    ({"log_retention_days": 100}, "wall.log_retention_days=100: allowed are [1, 3, 5, 7, 14"),
    ({"data_class": "secret"}, "wall.data_class='secret': allowed are ['confidential'"),
    ({"availability_zones": 1}, "wall.availability_zones=1: a whole number from 2 to 4"),
    ({"cidr": "10.0.0.0/8"}, "wall.cidr='10.0.0.0/8': a /16 is needed"),
    ({"code_signing": "Off"}, "wall.code_signing='Off': allowed are ['Enforce', 'Warn']"),
    ({"egress_ports": [0]}, "wall.egress_ports=0: a whole number from 1 to 65535"),
    ({"egress_domains": ["https://api.example.com"]}, "wall.egress_domains='https://api."),
    ({"egress_domains": ["*.example.com"]}, "wall.egress_domains='*.example.com'"),
    ({"egress_domains": ["10.0.0.1"]}, "wall.egress_domains='10.0.0.1'"),
]


@pytest.mark.parametrize(("args", "why"), REFUSED)
def test_what_no_wall_can_be_built_from_is_refused_by_its_own_name(
    args: SecurityBoundaryArgs, why: str
) -> None:
    # when
    message = refusal(lambda: SecurityBoundary("wall", args))

    # then
    assert message.startswith(why)


def test_everything_at_rest_is_encrypted_with_one_customer_key() -> None:
    # when
    graph = wall({"egress_domains": ["api.example.com"]})

    # then
    (key,) = graph.of("aws:kms/key:Key")
    groups = graph.of("aws:cloudwatch/logGroup:LogGroup")
    assert groups
    assert {one.inputs["kmsKeyId"] for one in groups} == {key.outputs["arn"]}
    (topic,) = graph.of("aws:sns/topic:Topic")
    assert topic.inputs["kmsMasterKeyId"] == key.outputs["arn"]


def test_stores_refuse_to_be_deleted_and_unsigned_code_to_run_unless_said_otherwise() -> None:
    # given
    walls: list[SecurityBoundary] = []

    # when
    graph = recorded(lambda: walls.append(SecurityBoundary("wall", {})))

    # then
    assert walls[0].args["deletion_protection"] is True
    (signing,) = graph.of("aws:lambda/codeSigningConfig:CodeSigningConfig")
    assert signing.inputs["policies"] == {"untrustedArtifactOnDeployment": "Enforce"}


def test_whom_to_tell_of_alarms_is_configuration() -> None:
    # when
    graph = wall({"alarm_emails": ["operations@example.com"]})

    # then
    (told,) = graph.of("aws:sns/topicSubscription:TopicSubscription")
    assert (told.inputs["protocol"], told.inputs["endpoint"]) == ("email", "operations@example.com")


def test_other_components_take_the_wall_as_plain_values() -> None:
    # when
    def program() -> None:
        boundary = SecurityBoundary("wall", {})
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
        return SecurityBoundary("wall", {"egress_domains": ["api.example.com"]})

    # when
    foreseen, made = recorded(program, preview=True), recorded(program)

    # then
    assert {one.urn for one in foreseen.resources} == {one.urn for one in made.resources}
