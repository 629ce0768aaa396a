"""Answers that are made up have the types that the provider's own package declares."""

import base64
import json

import pulumi
import pytest
from pulumi_aws import acm, apigatewayv2, appsync, cloudfront, ec2, iam, rds, route53, s3, sqs

from pulumi_rampart.testing import Graph, SyntheticCloud, record
from pulumi_rampart.testing.synthetic import types


def exports(program: object) -> dict[str, object]:
    graph: Graph = record(program)  # type: ignore[arg-type]  # a function
    return graph.exports


def test_outputs_that_programs_read_have_values_of_their_types() -> None:
    # given
    def program() -> None:
        api = apigatewayv2.Api("front", protocol_type="HTTP")
        pulumi.export("execution", pulumi.Output.concat(api.execution_arn, "/*/*"))
        pulumi.export("endpoint", api.api_endpoint.apply(lambda url: url + "/notes"))
        site = acm.Certificate("site", domain_name="example.org", validation_method="DNS")
        record_ = site.domain_validation_options[0]
        pulumi.export("record", record_.resource_record_name.apply(lambda name: name.lower()))
        graphql = appsync.GraphQLApi("graph", authentication_type="API_KEY")
        pulumi.export("graphql", graphql.uris["GRAPHQL"])
        database = rds.Instance("db", instance_class="db.t3.micro")
        pulumi.export("port", database.port.apply(lambda port: port + 1))

    # when
    found = exports(program)

    # then
    assert found["execution"] == "arn:aws:execute-api:eu-central-1:123456789012:front-id/*/*"
    assert found["endpoint"] == "https://front-id.execute-api.eu-central-1.amazonaws.com/notes"
    assert isinstance(found["record"], str)
    assert str(found["graphql"]).startswith("https://")
    assert isinstance(found["port"], int)


def test_what_is_made_up_is_not_listed_among_the_outputs() -> None:
    # when
    graph = record(lambda: cloudfront.OriginAccessIdentity("identity"))

    # then: what nobody read is no part of what the program declares
    assert set(graph.resources[0].outputs) == {"arn", "name"}


def test_an_input_is_never_replaced_by_something_made_up() -> None:
    # given
    def program() -> None:
        queue = sqs.Queue("jobs", kms_master_key_id="own", delay_seconds=7)
        pulumi.export("key", queue.kms_master_key_id)
        pulumi.export("delay", queue.delay_seconds)

    # then
    assert exports(program) == {"key": "own", "delay": 7}


def test_a_preview_makes_nothing_up() -> None:
    # given
    def program() -> None:
        api = apigatewayv2.Api("front", protocol_type="HTTP")
        pulumi.export("endpoint", api.api_endpoint)

    # then
    assert (
        record(program, preview=True).exports["endpoint"] == "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    )


def test_functions_of_the_provider_answer_from_their_result_types() -> None:
    # given
    def program() -> None:
        zone = route53.get_zone(name="example.org")
        network = ec2.get_vpc(default=True)
        subnets = ec2.get_subnets(filters=[{"name": "vpc-id", "values": [network.id]}])
        image = ec2.get_ami(owners=["amazon"], most_recent=True)
        pulumi.export("zone", zone.zone_id.lower())
        pulumi.export("cidr", network.cidr_block)
        pulumi.export("subnets", [one.upper() for one in subnets.ids])
        pulumi.export("image", image.id)

    # when
    found = exports(program)

    # then
    assert "example.org" in str(found["zone"])
    assert found["cidr"] == "10.0.0.0/16"
    subnets = found["subnets"]
    assert isinstance(subnets, list)
    assert len(set(subnets)) == 3
    assert str(found["image"]).startswith("ami-")


@pytest.mark.parametrize("name", ["getAuthorizationToken", "getCredentials"])
def test_a_registrys_token_is_a_user_and_a_password_in_base64(name: str) -> None:
    # when
    answer = SyntheticCloud().call(f"aws:ecr/{name}:{name}", {"registryId": "123456789012"})

    # then
    user, _, password = base64.b64decode(answer["authorizationToken"]).decode().partition(":")
    assert (user, password) == (answer["userName"], answer["password"])


def test_arguments_are_repeated_in_the_types_of_the_results() -> None:
    # given: what Terraform converts
    def program() -> None:
        image = ec2.get_ami(owners=["amazon"], most_recent="true")  # pyright: ignore[reportArgumentType]  # what programs do
        pulumi.export("recent", image.most_recent)

    # then
    assert exports(program) == {"recent": True}


def test_different_questions_have_different_answers_and_the_same_has_the_same() -> None:
    # given
    def program() -> None:
        for n, name in enumerate(["a", "b", "a"]):
            found = ec2.get_security_group(filters=[{"name": "group-name", "values": [name]}])
            pulumi.export(str(n), found.arn)

    # then
    found = exports(program)
    assert found["0"] == found["2"] != found["1"]


def test_a_network_that_the_account_has_by_default_has_values() -> None:
    # given
    def program() -> None:
        network = ec2.DefaultVpc("default")
        pulumi.export("group", network.default_security_group_id.apply(lambda one: one.upper()))
        pulumi.export("cidr", network.cidr_block.apply(lambda one: one.split("/")[1]))

    # then
    assert exports(program) == {"group": "DEFAULT-DEFAULTSECURITYGROUPID", "cidr": "16"}


def test_what_is_read_is_named_by_its_id() -> None:
    # given
    def program() -> None:
        bucket = s3.Bucket.get("logs", "company-logs")
        role = iam.Role.get("role", "deployer")
        policy = iam.Policy.get("policy", "arn:aws:iam::aws:policy/ReadOnlyAccess")
        pulumi.export("arns", [bucket.arn, role.arn, policy.arn])
        pulumi.export("domain", bucket.bucket_regional_domain_name)

    # then
    assert exports(program) == {
        "arns": [
            "arn:aws:s3:::company-logs",
            "arn:aws:iam::123456789012:role/deployer",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
        ],
        "domain": "company-logs.s3.eu-central-1.amazonaws.com",
    }


def test_a_policy_document_is_computed() -> None:
    # given
    def program() -> None:
        found = iam.get_policy_document(
            statements=[
                iam.GetPolicyDocumentStatementArgs(
                    actions=["sqs:SendMessage"],
                    resources=["*"],
                    principals=[
                        iam.GetPolicyDocumentStatementPrincipalArgs(
                            type="Service", identifiers=["s3.amazonaws.com"]
                        )
                    ],
                )
            ]
        )
        pulumi.export("policy", json.loads(found.json))

    # then
    assert exports(program) == {
        "policy": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": "sqs:SendMessage",
                    "Resource": "*",
                    "Principal": {"Service": "s3.amazonaws.com"},
                }
            ],
        }
    }


@pytest.mark.parametrize("token", ["aws:sqs/queue:Queue", "docker:index/image:Image"])
def test_the_outputs_of_a_type_are_those_of_its_class(token: str) -> None:
    # then
    described = types.of_resource(token)
    assert described
    assert {"arn": "arn", "repoDigest": "repo_digest"}.items() & {
        one.name: one.python_name for one in described
    }.items()


@pytest.mark.parametrize("token", ["tea:index/pot:Pot", "aws:sqs/queue:Kettle", "my:type"])
def test_an_unknown_type_has_no_known_outputs(token: str) -> None:
    # then
    assert types.of_resource(token) is None
