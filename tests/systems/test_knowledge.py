"""Laws of the Knowledge system, over its recorded graph."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from components.testing import Graph
from tests.components.wall import statements
from tests.systems.golden import recorded

FUNCTION = "aws:lambda/function:Function"
TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table/"
LAMBDA = "arn:aws:lambda:eu-central-1:123456789012:function:rampart-dev-"
BUCKET = "arn:aws:s3:::knowledge-documents-private"
ALONE = {"systems": '["knowledge"]'}
OIDC = {
    "oidcIssuer": "https://id.example.com",
    "oidcAudience": "rampart",
    "oidcJwksUrl": "https://id.example.com/keys",
    "oidcTenantClaim": "org",
}


@pytest.fixture(scope="module")
def dev(graph_of: Callable[[str], Graph]) -> Graph:
    return graph_of("dev")


def grants(graph: Graph, function: str) -> list[dict[str, Any]]:
    role = graph.one("aws:iam/rolePolicy:RolePolicy", f"{function}-role-policy")
    return [one for one in statements(role.inputs["policy"]) if one["Effect"] == "Allow"]


def allowed(graph: Graph, function: str, service: str) -> set[tuple[str, str]]:
    """Return what a function may do with a service, as (action, resource)."""
    return {
        (action, resource)
        for one in grants(graph, function)
        for action in one["Action"]
        for resource in one["Resource"]
        if action.startswith(f"{service}:")
    }


def environment(graph: Graph, function: str) -> dict[str, str]:
    return graph.one(FUNCTION, function).inputs["environment"]["variables"]


def leaving(graph: Graph) -> set[str]:
    """Return the functions that may leave the network."""
    (group,) = (
        one.id
        for one in graph.of("aws:ec2/securityGroup:SecurityGroup")
        if one.name == "wall-egress-functions"
    )
    return {
        one.name
        for one in graph.of(FUNCTION)
        if group in one.inputs["vpcConfig"]["securityGroupIds"]
    }


def test_chat_reads_documents_and_writes_conversations_and_touches_no_object(dev: Graph) -> None:
    # then
    assert allowed(dev, "knowledge-chat-orchestrator", "dynamodb") == {
        ("dynamodb:BatchGetItem", f"{TABLE}knowledge-records"),
        *(
            (f"dynamodb:{operation}", f"{TABLE}knowledge-conversations")
            for operation in ("PutItem", "Query", "UpdateItem")
        ),
    }
    assert allowed(dev, "knowledge-chat-orchestrator", "s3") == set()


def test_upload_can_sign_writes_and_read_nothing(dev: Graph) -> None:
    # then
    assert allowed(dev, "knowledge-s3-unified-handler", "s3") == {
        ("s3:PutObject", f"{BUCKET}/uploads/*"),
        ("s3:AbortMultipartUpload", f"{BUCKET}/uploads/*"),
    }
    assert allowed(dev, "knowledge-s3-unified-handler", "lambda") == set()


def test_records_delete_uploads_and_call_no_other_function(dev: Graph) -> None:
    # then
    assert allowed(dev, "knowledge-dynamodb-crud-handler", "s3") == {
        ("s3:DeleteObject", f"{BUCKET}/uploads/*")
    }
    assert allowed(dev, "knowledge-dynamodb-crud-handler", "lambda") == set()


def test_uploads_are_never_written_or_deleted_by_the_function_that_reads_them(dev: Graph) -> None:
    # when
    objects = allowed(dev, "knowledge-document-processor", "s3")

    # then
    on_uploads = {action for action, resource in objects if resource.endswith("/uploads/*")}
    assert on_uploads == {"s3:GetObject", "s3:GetObjectVersion"}


@pytest.mark.parametrize(
    ("caller", "libraries"),
    [
        ("document-processor", {"docling", "sentence-transformer", "pinecone", "neo4j"}),
        ("chat-orchestrator", {"sentence-transformer", "pinecone", "neo4j", "openai"}),
    ],
)
def test_a_function_calls_the_libraries_it_needs_and_no_others(
    dev: Graph, caller: str, libraries: set[str]
) -> None:
    # then
    assert allowed(dev, f"knowledge-{caller}", "lambda") == {
        ("lambda:InvokeFunction", f"{LAMBDA}library-{library}") for library in libraries
    }


def test_nobody_scans_a_table(dev: Graph) -> None:
    # then
    policies = [one.inputs["policy"] for one in dev.of("aws:iam/rolePolicy:RolePolicy")]
    assert not any("dynamodb:Scan" in policy for policy in policies)


def test_no_function_has_a_wildcard_action_or_names_every_resource_of_a_store(dev: Graph) -> None:
    # then
    for function in dev.of(FUNCTION):
        for one in grants(dev, function.name):
            assert not any("*" in action for action in one["Action"])
            if "*" in one["Resource"]:
                assert {action.partition(":")[0] for action in one["Action"]} == {"ec2", "xray"}


def test_each_key_to_the_outside_is_read_by_the_one_function_that_uses_it(dev: Graph) -> None:
    # when
    readers = {
        resource.rpartition(":")[2]: {
            function.name
            for function in dev.of(FUNCTION)
            if ("secretsmanager:GetSecretValue", resource)
            in allowed(dev, function.name, "secretsmanager")
        }
        for resource in (one.outputs["arn"] for one in dev.of("aws:secretsmanager/secret:Secret"))
        if ":secret:library-" in resource
    }

    # then
    assert readers == {
        f"library-{service}-key": {f"library-{service}"}
        for service in ("neo4j", "openai", "pinecone")
    }


def test_only_functions_with_a_key_to_the_outside_and_the_authorizer_may_leave(dev: Graph) -> None:
    # then
    assert leaving(dev) == {
        "identity-authorizer",
        "library-neo4j",
        "library-openai",
        "library-pinecone",
    }


def test_the_firewall_lets_through_what_the_configuration_names(dev: Graph) -> None:
    # when
    (rules,) = (
        one.inputs["rules"].splitlines()
        for one in dev.of("aws:networkfirewall/ruleGroup:RuleGroup")
    )

    # then
    assert [rule.split('msg:"')[1].split('"')[0] for rule in rules] == [
        ".pinecone.io",
        "api.openai.com",
        "cognito-idp.eu-central-1.amazonaws.com",
        "dev.databases.neo4j.io",
    ]
    assert all("[443,7687]" in rule for rule in rules)


def test_uploads_are_told_to_the_queue_and_work_in_progress_is_not(dev: Graph) -> None:
    # when
    notification = dev.one(
        "aws:s3/bucketNotification:BucketNotification", "knowledge-documents-notification"
    )

    # then
    (told,) = notification.inputs["queues"]
    assert told["events"] == ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]
    assert told["filterPrefix"] == "uploads/"
    assert told["queueArn"] == dev.one("aws:sqs/queue:Queue", "knowledge-arrivals").outputs["arn"]


def test_a_document_that_fails_holds_up_no_other(dev: Graph) -> None:
    # when
    mapping = dev.one(
        "aws:lambda/eventSourceMapping:EventSourceMapping", "knowledge-processing"
    ).inputs

    # then
    assert mapping["batchSize"] == 1
    assert mapping["functionResponseTypes"] == ["ReportBatchItemFailures"]


def test_the_processor_knows_when_a_message_is_delivered_for_the_last_time(dev: Graph) -> None:
    # when
    redrive = dev.one("aws:sqs/queue:Queue", "knowledge-arrivals").inputs["redrivePolicy"]

    # then
    told = environment(dev, "knowledge-document-processor")["MAX_RECEIVES"]
    assert told == str(json.loads(redrive)["maxReceiveCount"])


def test_routes_reach_the_function_of_their_own_flow(dev: Graph) -> None:
    # when
    routes = {
        one.name: one.inputs["uri"].rpartition("rampart-dev-")[2].removesuffix("/invocations")
        for one in dev.of("aws:apigateway/integration:Integration")
        if one.inputs["type"] == "AWS_PROXY" and one.name.startswith("knowledge-")
    }

    # then
    assert routes == {
        f"knowledge-api-{route}-call": f"knowledge-{function}"
        for function, routes in {
            "s3-unified-handler": ("post-upload", "get-upload-document_id"),
            "chat-orchestrator": ("post-chat", "get-chat-session_id"),
            "dynamodb-crud-handler": (
                "post-crud",
                "get-crud",
                "get-crud-document_id",
                "put-crud-document_id",
                "delete-crud-document_id",
            ),
        }.items()
        for route in routes
    }


def test_the_other_answerer_is_a_word_of_the_configuration() -> None:
    # when
    graph = recorded("dev", changes={**ALONE, "answerer": "anthropic"})

    # then
    assert environment(graph, "knowledge-chat-orchestrator")["ANSWER_FUNCTION"] == (
        "rampart-dev-library-anthropic"
    )
    assert "library-openai" not in {one.name for one in graph.of(FUNCTION)}
    (rules,) = graph.of("aws:networkfirewall/ruleGroup:RuleGroup")
    assert 'content:"api.anthropic.com"' in rules.inputs["rules"]
    assert "openai" not in rules.inputs["rules"]


def test_an_issuer_of_ones_own_takes_the_place_of_the_directory() -> None:
    # when
    graph = recorded("dev", changes={**ALONE, **OIDC})

    # then
    assert graph.of("aws:cognito/userPool:UserPool") == ()
    assert "user_pool_id" not in graph.exports
    told = environment(graph, "identity-authorizer")
    assert {key: told[key] for key in ("ISSUER", "AUDIENCE", "JWKS_URL", "TENANT_CLAIM")} == {
        "ISSUER": "https://id.example.com",
        "AUDIENCE": "rampart",
        "JWKS_URL": "https://id.example.com/keys",
        "TENANT_CLAIM": "org",
    }
    (rules,) = graph.of("aws:networkfirewall/ruleGroup:RuleGroup")
    assert 'content:"id.example.com"' in rules.inputs["rules"]


def test_an_issuer_described_by_halves_is_refused_and_what_is_missing_named() -> None:
    # given
    halves = {key: value for key, value in OIDC.items() if key in {"oidcIssuer", "oidcAudience"}}

    # when
    with pytest.raises(ValueError, match="rampart:oidcIssuer") as caught:
        recorded("dev", changes=halves)

    # then
    assert str(caught.value) == (
        "rampart:oidcIssuer needs rampart:oidcJwksUrl, rampart:oidcTenantClaim too; set them, or "
        "remove oidcIssuer to use a Cognito user pool."
    )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"systems": '["knowlege"]'}, "rampart:systems names knowlege; allowed are knowledge"),
        ({"answerer": "gpt"}, "rampart:answerer is 'gpt'; allowed are openai, anthropic"),
    ],
)
def test_a_word_the_configuration_does_not_know_is_refused_with_those_it_knows(
    changes: dict[str, str], why: str
) -> None:
    # when
    with pytest.raises(ValueError, match="rampart:") as caught:
        recorded("dev", changes=changes)

    # then
    assert str(caught.value).startswith(why)
