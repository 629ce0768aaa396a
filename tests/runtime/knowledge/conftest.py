"""The stores of Knowledge in the embedded AWS, one per test session."""

from collections.abc import Iterator

import pytest

from rampart_local.server import AwsServer
from tests.runtime.knowledge.cloud import Cloud

ENVIRONMENT = {
    "AWS_LAMBDA_FUNCTION_NAME": "function-under-test",
    "POWERTOOLS_SERVICE_NAME": "knowledge",
    "POWERTOOLS_METRICS_NAMESPACE": "tests",
    "POWERTOOLS_LOG_LEVEL": "INFO",
    "DOCUMENTS_BUCKET": "documents",
    "DOCUMENTS_TABLE": "documents",
    "CONVERSATIONS_TABLE": "conversations",
    "IDEMPOTENCY_TABLE": "idempotency",
    "MAX_UPLOAD_BYTES": "1000000",
    "MAX_RECEIVES": "3",
    "ALLOWED_ORIGINS": "https://app.example.com",
    "DOCLING_FUNCTION": "docling",
    "EMBEDDING_FUNCTION": "sentence-transformer",
    "VECTOR_FUNCTION": "pinecone",
    "GRAPH_FUNCTION": "neo4j",
    "ANSWER_FUNCTION": "openai",
}


@pytest.fixture(scope="session")
def cloud(aws: AwsServer) -> Iterator[Cloud]:  # noqa: ARG001  # its address is in the environment
    with pytest.MonkeyPatch.context() as environment:
        for name, value in ENVIRONMENT.items():
            environment.setenv(name, value)
        yield Cloud.created()
