"""Laws of the Knowledge system, over its recorded graph."""

import json

import pytest

from pulumi_rampart.boundary.grantable import (
    NETWORK_INTERFACE_ACTIONS,
    TRACE_ACTIONS,
    UNSCOPED_ACTIONS,
)
from pulumi_rampart.testing import Graph
from tests.systems.grants import FUNCTION, allowed, environment, grants

KNOW_NO_RESOURCE = {*NETWORK_INTERFACE_ACTIONS, *TRACE_ACTIONS, *UNSCOPED_ACTIONS}
TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table/"
LAMBDA = "arn:aws:lambda:eu-central-1:123456789012:function:rampart-dev-"
BUCKET = "arn:aws:s3:::knowledge-documents-private"


def test_chat_reads_documents_and_writes_conversations_and_touches_no_object(dev: Graph) -> None:
    # then
    assert allowed(dev, "knowledge-chat-orchestrator", "dynamodb") == {
        ("dynamodb:BatchGetItem", f"{TABLE}knowledge-records"),
        *(
            (f"dynamodb:{operation}", f"{TABLE}knowledge-conversations")
            for operation in ("GetItem", "PutItem", "Query", "UpdateItem")
        ),
        *(
            (f"dynamodb:{operation}", f"{TABLE}knowledge-idempotency")
            for operation in ("DeleteItem", "GetItem", "PutItem", "UpdateItem")
        ),
    }
    assert allowed(dev, "knowledge-chat-orchestrator", "s3") == set()


def test_upload_can_sign_writes_and_read_no_content(dev: Graph) -> None:
    # then
    assert allowed(dev, "knowledge-s3-unified-handler", "s3") == {
        ("s3:PutObject", f"{BUCKET}/uploads/*"),
        ("s3:AbortMultipartUpload", f"{BUCKET}/uploads/*"),
        ("s3:ListBucketVersions", BUCKET),
    }
    assert allowed(dev, "knowledge-s3-unified-handler", "lambda") == set()


def test_records_delete_uploads_and_call_no_other_function(dev: Graph) -> None:
    # then
    assert allowed(dev, "knowledge-dynamodb-crud-handler", "s3") == {
        ("s3:DeleteObject", f"{BUCKET}/uploads/*"),
        ("s3:ListBucketVersions", BUCKET),
    }
    assert allowed(dev, "knowledge-dynamodb-crud-handler", "lambda") == set()


def test_the_function_that_reads_uploads_writes_none_and_only_erases_versions(dev: Graph) -> None:
    # when
    objects = allowed(dev, "knowledge-document-processor", "s3")

    # then
    on_uploads = {action for action, resource in objects if resource.endswith("/uploads/*")}
    assert on_uploads == {
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
    }


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
                assert set(one["Action"]) <= KNOW_NO_RESOURCE


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
                "get-crud-document_id-deletion",
            ),
        }.items()
        for route in routes
    }
