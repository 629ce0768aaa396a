"""Stand-ins of the services that look at an image and embed words."""

import json
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from typing import Any


class Models(BaseHTTPRequestHandler):
    """An OpenAI model that sees a cat in everything, and Voyage in three dimensions."""

    def do_POST(self) -> None:
        request = self.rfile.read(int(self.headers["Content-Length"]))
        answer = _vector(request) if self.path.endswith("/embeddings") else _seen()
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name there
        pass


def _vector(request: bytes) -> dict[str, Any]:
    digest = sha256(request).digest()
    return {"data": [{"embedding": [byte / 255 for byte in digest[:3]]}], "model": "voyage-3.5"}


def _seen() -> dict[str, Any]:
    answer = {"category": "pet", "summary": "A cat.", "tags": ["cat"], "visible_text": ""}
    text = {"type": "output_text", "text": json.dumps(answer), "annotations": []}
    message = {
        "type": "message",
        "id": "m",
        "role": "assistant",
        "status": "completed",
        "content": [text],
    }
    return {
        "id": "resp",
        "object": "response",
        "created_at": 1,
        "model": "gpt-test",
        "status": "completed",
        "output": [message],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
    }
