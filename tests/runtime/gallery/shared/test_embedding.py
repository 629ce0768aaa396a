"""Vectors come from the configured model, in the configured dimension, or not at all."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from pydantic import SecretStr

from runtime.gallery.shared.embedding import EmbeddingSettings, OfDimension, Role, Voyage
from runtime.shared.errors import NotConfiguredError, UnavailableError
from tests.runtime.gallery.fakes import FakeEmbedder


@dataclass
class FakeParameters:
    """The key, or none."""

    secret: str | None = "voyage-key"

    def key(self, name: str) -> SecretStr | None:
        assert name == "/voyage"
        return SecretStr(self.secret) if self.secret else None


@dataclass
class Service:
    """Voyage, as its reference describes it."""

    url: str = ""
    status: int = 200
    answer: bytes = b""
    requests: list[tuple[str, str, Any]] = field(default_factory=list[tuple[str, str, Any]])

    def client(self, parameters: FakeParameters) -> Voyage:
        settings = EmbeddingSettings.model_validate(
            {
                "EMBEDDING_PROVIDER": "voyage",
                "EMBEDDING_FUNCTION": "",
                "EMBEDDING_MODEL": "voyage-3.5",
                "EMBEDDING_KEY_PARAMETER": "/voyage",
                "EMBEDDING_BASE_URL": f"{self.url}/v1",
                "VECTOR_DIMENSION": 3,
            }
        )
        return Voyage(settings, parameters)  # pyright: ignore[reportArgumentType]  fake


@pytest.fixture
def service() -> Iterator[Service]:
    told = Service()
    row = {"object": "embedding", "embedding": [0.1, 0.2, 0.3], "index": 0}
    told.answer = json.dumps(
        {"object": "list", "data": [row], "model": "voyage-3.5", "usage": {"total_tokens": 3}}
    ).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.requests.append((self.path, self.headers["Authorization"], body))
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(told.answer)))
            self.end_headers()
            self.wfile.write(told.answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name there
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    poll = {"poll_interval": 0.02}
    thread = Thread(target=server.serve_forever, kwargs=poll, daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}"
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("role", ["document", "query"])
def test_voyage_is_asked_for_the_role_and_the_dimension(service: Service, role: Role) -> None:
    # when
    embedded = service.client(FakeParameters()).embed("a cat", role)

    # then
    assert (embedded.vector, embedded.model) == ([0.1, 0.2, 0.3], "voyage-3.5")
    assert service.requests == [
        (
            "/v1/embeddings",
            "Bearer voyage-key",
            {
                "input": ["a cat"],
                "model": "voyage-3.5",
                "input_type": role,
                "output_dimension": 3,
            },
        )
    ]


def test_without_a_key_nothing_is_asked(service: Service) -> None:
    # when, then
    with pytest.raises(NotConfiguredError, match="no key"):
        service.client(FakeParameters(None)).embed("a cat", "query")
    assert service.requests == []


@pytest.mark.parametrize(
    ("status", "answer", "expected"),
    [
        (401, b"{}", NotConfiguredError),
        (404, b"{}", NotConfiguredError),
        (429, b"{}", UnavailableError),
        (503, b"", UnavailableError),
        (200, b"not json", UnavailableError),
        (200, b'{"data": []}', UnavailableError),
        (200, b'{"data": [], "model": "m"}', UnavailableError),
    ],
)
def test_every_refusal_has_its_own_kind(
    service: Service, status: int, answer: bytes, expected: type[Exception]
) -> None:
    # given
    service.status, service.answer = status, answer

    # when, then
    with pytest.raises(expected):
        service.client(FakeParameters()).embed("a cat", "query")


def test_a_vector_of_another_dimension_is_refused() -> None:
    # given
    embedder = OfDimension(FakeEmbedder(), 1024)

    # when, then
    with pytest.raises(NotConfiguredError, match="gives 3 dimensions, the configuration says 1024"):
        embedder.embed("a cat", "query")
