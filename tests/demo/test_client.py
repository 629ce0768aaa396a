"""The demo's clients against a server on loopback that answers as the API and the bucket do."""

import json
from collections.abc import Callable, Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest

from demo.api import ApiError
from demo.gallery_client import GalleryClient, Item
from demo.knowledge_client import KnowledgeClient

Respond = Callable[[str, dict[str, list[str]]], tuple[int, Any]]


class Server(ThreadingHTTPServer):
    """Answers with what the test says and remembers who asked for what."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.respond: Respond = lambda _path, _query: (404, {})
        self.seen: list[tuple[str, str | None, bytes]] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = cast("Server", self.server)
        size = int(self.headers.get("Content-Length", 0))
        url = urlsplit(self.path)
        server.seen.append((url.path, self.headers["Authorization"], self.rfile.read(size)))
        status, body = server.respond(url.path, parse_qs(url.query))
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its names
        """Say nothing."""


@pytest.fixture
def server() -> Generator[Server]:
    with Server() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def client(server: Server) -> Generator[KnowledgeClient]:
    with KnowledgeClient(f"{server.url}/dev/", "the-token") as client:
        yield client


def test_all_pages_of_the_list_are_read(server: Server, client: KnowledgeClient) -> None:
    # given
    pages = {None: (["a", "b"], "after-b"), "after-b": (["c"], None)}

    def respond(_path: str, query: dict[str, list[str]]) -> tuple[int, Any]:
        names, following = pages[query.get("cursor", [None])[0]]
        items = [{"document_id": name, "status": "ready"} for name in names]
        return 200, {"items": items, "next_cursor": following}

    server.respond = respond

    # when
    documents = client.documents()

    # then
    assert [document.document_id for document in documents] == ["a", "b", "c"]
    assert {path for path, _, _ in server.seen} == {"/dev/crud"}


def test_the_file_goes_to_the_bucket_without_our_token(
    server: Server, client: KnowledgeClient, tmp_path: Path
) -> None:
    # given
    form = {"document_id": "d", "url": f"{server.url}/bucket", "fields": {"policy": "signed"}}
    server.respond = lambda path, _query: (201, form) if path == "/dev/upload" else (200, {})
    file = tmp_path / "guide.md"
    file.write_text("# Guide")

    # when
    document_id = client.upload(file)

    # then
    (_, token, announced), (_, token_for_the_bucket, stored) = server.seen
    assert document_id == "d"
    assert token == "Bearer the-token"
    assert json.loads(announced)["size_bytes"] == 7
    assert token_for_the_bucket is None
    assert stored.index(b"signed") < stored.index(b"# Guide")


def test_a_refusal_is_raised_with_the_problems_words(
    server: Server, client: KnowledgeClient
) -> None:
    # given
    server.respond = lambda _path, _query: (422, {"title": "Too long", "correlation_id": "c-1"})

    # when
    with pytest.raises(ApiError) as refused:
        client.ask("?" * 10_000)

    # then
    assert "POST /dev/chat answered 422" in str(refused.value)
    assert "c-1" in str(refused.value)


def test_a_question_that_met_cold_functions_is_asked_again_once(
    server: Server, client: KnowledgeClient
) -> None:
    # given
    server.respond = lambda _path, _query: (504, {"message": "Endpoint request timed out"})

    # when
    with pytest.raises(ApiError, match="answered 504"):
        client.ask("What does E27 mean?")

    # then
    assert len(server.seen) == 2


def test_a_search_that_met_cold_functions_is_made_again_once(server: Server) -> None:
    # given
    server.respond = lambda _path, _query: (504, {"message": "Endpoint request timed out"})

    # when
    with (
        GalleryClient(server.url, "the-token") as client,
        pytest.raises(ApiError, match="answered 504"),
    ):
        client.search("coffee")

    # then
    assert [path for path, _, _ in server.seen] == ["/gallery/search"] * 2


def test_an_image_is_the_same_when_its_original_has_the_same_bytes(
    server: Server, tmp_path: Path
) -> None:
    # given
    file = tmp_path / "menu.json"  # what this server can send
    file.write_text('"the menu"')
    item = {
        "item_id": "i",
        "filename": file.name,
        "size_bytes": 10,
        "status": "ready",
        "updated_at": "2026-11-23T00:00:00Z",
        "original_url": f"{server.url}/original",
    }
    server.respond = lambda path, _query: (200, "the menu" if path == "/original" else item)

    # then
    with GalleryClient(server.url, "the-token") as client:
        assert client.holds(Item.model_validate(item), file)
        assert not client.holds(Item.model_validate(item | {"status": "analyzing"}), file)
        file.write_text('"The menu"')
        assert not client.holds(Item.model_validate(item), file)
    assert server.seen[1][1] is None  # the signed URL is asked without our token
