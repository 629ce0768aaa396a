"""An embedded AWS with the stores of Knowledge, one per test session."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rampart_local.server.process import AwsServer
from tests.runtime.knowledge.cloud import Cloud

REGION = "eu-central-1"
ENVIRONMENT = {
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
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
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    lines: list[str] = []
    server = AwsServer(
        Path(tmp_path_factory.mktemp("aws")),
        region=REGION,
        account="000000000000",
        log=lambda name, line: lines.append(f"{name}: {line}"),
    )
    server.start()
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {**ENVIRONMENT, "AWS_ENDPOINT_URL": server.endpoint}.items():
            environment.setenv(name, value)
        yield Cloud.created()
    server.stop()
