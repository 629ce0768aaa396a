"""A language model's provider on loopback: it speaks OpenAI's Responses API, or is out of order."""

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Mood = Literal["answers", "errs", "hangs up", "hangs"]

MODEL = "gpt-end-to-end"
API_KEY = "sk-end-to-end-4711"


class Provider:
    """Repeats every passage it is given and cites it, unless its mood is bad."""

    def __init__(self) -> None:
        self.mood: Mood = "answers"
        self._recovered = threading.Event()
        handler = type("Handler", (_Responses,), {"provider": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    @contextmanager
    def in_mood(self, mood: Mood) -> Generator[None]:
        """Be out of order while the block lasts; requests that hang are then let go."""
        self.mood = mood
        self._recovered.clear()
        try:
            yield
        finally:
            self.mood = "answers"
            self._recovered.set()

    def wait_for_recovery(self) -> None:
        self._recovered.wait()

    def stop(self) -> None:
        self._recovered.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Responses(BaseHTTPRequestHandler):
    provider: Provider

    def do_POST(self) -> None:
        content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path != "/v1/responses" or self.headers["Authorization"] != f"Bearer {API_KEY}":
            self._answer(401, {"error": {"message": "no such key", "code": "invalid_api_key"}})
        elif self.provider.mood == "errs":
            self._answer(500, {"error": {"message": "the model burns", "code": "server_error"}})
        elif self.provider.mood == "answers":
            self._answer(200, _spoken(json.loads(content["input"][-1]["content"])))
        elif self.provider.mood == "hangs":
            self.provider.wait_for_recovery()
        # What is left closes the connection without a word.

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        encoded = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(encoded)))
        self.end_headers()
        self.wfile.write(encoded)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep the test's output clean."""


def _spoken(request: dict[str, Any]) -> dict[str, Any]:
    passages = request["passages"]
    draft = {
        "answer": "\n".join(passage["text"] for passage in passages),
        "citations": [{"passage_id": each["id"], "quote": each["text"]} for each in passages],
    }
    text = {"type": "output_text", "text": json.dumps(draft), "annotations": []}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "status": "completed"}
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 0,
        "model": MODEL,
        "status": "completed",
        "output": [{**message, "content": [text]}],
        "parallel_tool_calls": False,
        "tool_choice": "auto",
        "tools": [],
        "usage": {
            "input_tokens": 321,
            "output_tokens": 45,
            "total_tokens": 366,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens_details": {"reasoning_tokens": 0},
        },
    }
