"""What all library functions share at their edge. Their meaning is tested beside each core."""

import importlib
import json
from dataclasses import dataclass, field
from itertools import count
from types import ModuleType
from typing import Any

import pytest

from rampart_local.standins.pinecone import PineconeStandin
from runtime.shared.errors import InvalidRequestError

LIBRARIES = ("docling", "ocr", "sentence_transformer", "pinecone", "neo4j", "openai", "anthropic")

ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "POWERTOOLS_METRICS_NAMESPACE": "Rampart",
    "POWERTOOLS_LOG_LEVEL": "INFO",
    "POWERTOOLS_TRACE_DISABLED": "true",
    "MODEL_NAME": "all-MiniLM-L6-v2",
    "PINECONE_SECRET_ARN": "arn:pinecone",
    "PINECONE_INDEX": "passages",
    "PINECONE_CONTROL_URL": "",
    "VECTOR_DIMENSION": "3",
    "NEO4J_SECRET_ARN": "arn:neo4j",
    "NEO4J_URI": "bolt://127.0.0.1:9",
    "NEO4J_DATABASE": "rampart",
    "OPENAI_SECRET_ARN": "arn:openai",
    "OPENAI_MODEL": "gpt-test",
    "OPENAI_BASE_URL": "",
    "ANTHROPIC_SECRET_ARN": "arn:anthropic",
    "ANTHROPIC_MODEL": "claude-test",
    "ANTHROPIC_BASE_URL": "",
}

NUMBERS = count()


@dataclass
class ClientContext:
    custom: dict[str, str]


@dataclass
class Context:
    """What Lambda tells a function about an invocation."""

    function_name: str = "library"
    function_version: str = "1"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-central-1:000000000000:function:library"
    aws_request_id: str = "request-1"
    client_context: ClientContext = field(
        default_factory=lambda: ClientContext({"correlation_id": "from-the-caller"})
    )


@dataclass
class KnownSecrets:
    """Secrets by ARN."""

    values: dict[str, str]

    def read(self, arn: str) -> str:
        return self.values[arn]


def handler_of(library: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import a handler as a cold start does."""
    # A logger of a new name writes where the output is captured now, not where it once was.
    service = {"POWERTOOLS_SERVICE_NAME": f"{library}-{next(NUMBERS)}"}
    for name, value in (ENVIRONMENT | service).items():
        monkeypatch.setenv(name, value)
    return importlib.reload(importlib.import_module(f"runtime.libraries.{library}.handler"))


def logged(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_wrong_request_is_refused_by_field_logged_and_counted(
    library: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    module = handler_of(library, monkeypatch)

    # when
    with pytest.raises(InvalidRequestError):
        module.handler({"surprise": "confidential"}, Context())

    # then
    lines = logged(capsys.readouterr().out)
    refused = next(line for line in lines if line.get("message") == "Refused")
    assert refused["correlation_id"] == "from-the-caller"
    assert refused["error"] == "InvalidRequestError"
    assert "confidential" not in json.dumps(lines)
    assert any(line.get("InvalidRequestError") == [1.0] for line in lines)


def test_a_request_goes_through_to_the_service_with_the_secret_of_its_arn(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    module = handler_of("pinecone", monkeypatch)
    with PineconeStandin() as service:
        settings = module.settings.model_copy(update={"pinecone_control_url": service.url})
        monkeypatch.setattr(module, "settings", settings)
        monkeypatch.setattr(module, "secrets", KnownSecrets({"arn:pinecone": service.api_key}))

        # when
        event = {"operation": "count", "namespace": "acme", "prefix": "d"}
        answer = module.handler(event, Context())

    # then
    assert answer == {"count": 0, "with_terms": 0}
    output = capsys.readouterr().out
    done = next(line for line in logged(output) if line.get("message") == "Done")
    assert (done["operation"], done["correlation_id"]) == ("count", "from-the-caller")
    assert service.api_key not in output


def test_texts_are_embedded_and_not_logged(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    module = handler_of("sentence_transformer", monkeypatch)

    # when
    event = {"texts": {"kind": "inline", "value": ["confidential"]}}
    answer = module.handler(event, Context())

    # then
    assert (answer["count"], answer["dimension"]) == (1, 384)
    json.dumps(answer)
    assert "confidential" not in capsys.readouterr().out
