"""A payment service on this machine that fails on command; what it charged outlives it.

    POST /charges    {"amount_cents", "currency", "reference"}   -> 201 {"payment_id"}, 402 declined
    POST /refunds    {"payment_id", "reference"}                 -> 201 {"refund_id"}
    GET  /charges    all charges and refunds, for whoever checks the sums
    PUT  /outage     {"down": true}: every charge and refund is answered with 503 until it is over

An `Idempotency-Key` is required: a repeated request gets the first answer, and one with another
body 409. An amount that ends in 13 cents is declined, so that there is something to test with.
"""

import json
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rampart_local.standins.web_server import WebServer, kept_key

DECLINED_CENTS = 13

Asked = TypeVar("Asked", bound=BaseModel)


class ChargeRequest(BaseModel):
    """Body of POST /charges."""

    model_config = ConfigDict(extra="forbid")

    amount_cents: int = Field(gt=0)
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    reference: str = Field(min_length=1, max_length=100)


class RefundRequest(BaseModel):
    """Body of POST /refunds."""

    model_config = ConfigDict(extra="forbid")

    payment_id: str
    reference: str = Field(min_length=1, max_length=100)


class Outage(BaseModel):
    """Body of PUT /outage."""

    model_config = ConfigDict(extra="forbid")

    down: bool


@dataclass
class Ledger:
    """Everything that was charged and given back."""

    charges: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    answers: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """By idempotency key: the request and its answer."""
    down: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def dump(self) -> str:
        """Return what is kept; an outage ends with the run."""
        return json.dumps({"charges": self.charges, "answers": self.answers})


class PaymentStandin:
    """A server on an ephemeral port; with a `folder`, its charges and its key outlive it."""

    def __init__(self, folder: Path | None = None) -> None:
        """Prepare; nothing runs before `start`."""
        self._folder = folder
        self._ledger = Ledger()
        self._server = WebServer("payments", folder)
        self.api_key = ""

    def start(self) -> None:
        """Load what was kept and serve it."""
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            kept = self._folder / "ledger.json"
            if kept.exists():
                self._ledger = Ledger(**json.loads(kept.read_text()))
        self.api_key = kept_key(self._folder, "pay_")
        self._server.start(application(self._ledger, self.api_key))

    def stop(self) -> None:
        """Stop serving and keep the charges; a second call does nothing."""
        if self._server.stop() and self._folder:
            (self._folder / "ledger.json").write_text(self._ledger.dump())

    @property
    def url(self) -> str:
        """Address; valid while the server runs."""
        return self._server.url

    def values(self) -> Mapping[str, str]:
        """Return what a program needs to use this as its payment service; the key is a secret."""
        return {"url": self.url, "api_key": self.api_key}

    def __enter__(self) -> Self:
        """Start the server."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server, whatever happened."""
        self.stop()


def application(ledger: Ledger, api_key: str) -> Starlette:
    """Return the service's API over a ledger."""
    service = _Service(ledger, f"Bearer {api_key}")
    return Starlette(
        routes=[
            Route("/charges", service.charge, methods=["POST"]),
            Route("/charges", service.charges, methods=["GET"]),
            Route("/refunds", service.refund, methods=["POST"]),
            Route("/outage", service.outage, methods=["PUT"]),
        ]
    )


class _Service:
    def __init__(self, ledger: Ledger, authorization: str) -> None:
        self._ledger, self._authorization = ledger, authorization

    async def charge(self, request: Request) -> Response:
        return await self._once(request, ChargeRequest, self._charged)

    async def refund(self, request: Request) -> Response:
        return await self._once(request, RefundRequest, self._refunded)

    async def charges(self, request: Request) -> Response:
        if not self._knows(request):
            return _error(401, "wrong key")
        with self._ledger.lock:
            return JSONResponse({"charges": list(self._ledger.charges.values())})

    async def outage(self, request: Request) -> Response:
        if not self._knows(request):
            return _error(401, "wrong key")
        try:
            self._ledger.down = Outage.model_validate_json(await request.body()).down
        except ValidationError as error:
            return _error(400, str(error))
        return JSONResponse({"down": self._ledger.down})

    async def _once(
        self,
        request: Request,
        shape: type[Asked],
        work: Callable[[Asked], tuple[int, dict[str, str]]],
    ) -> Response:
        if not self._knows(request):
            return _error(401, "wrong key")
        if self._ledger.down:
            return _error(503, "out of service")
        key = request.headers.get("idempotency-key")
        if not key:
            return _error(400, "Idempotency-Key is missing")
        try:
            asked = shape.model_validate_json(await request.body())
        except ValidationError as error:
            return _error(400, str(error))
        with self._ledger.lock:
            if key not in self._ledger.answers:
                status, answer = work(asked)
                self._ledger.answers[key] = {
                    "asked": asked.model_dump(),
                    "status": status,
                    "answer": answer,
                }
            before = self._ledger.answers[key]
        if before["asked"] != asked.model_dump():
            return _error(409, "the key was used before with another body")
        return JSONResponse(before["answer"], before["status"])

    def _charged(self, asked: ChargeRequest) -> tuple[int, dict[str, str]]:
        if asked.amount_cents % 100 == DECLINED_CENTS:
            return 402, {"error": "declined"}
        payment_id = f"pay-{uuid4()}"
        self._ledger.charges[payment_id] = {
            "payment_id": payment_id,
            **asked.model_dump(),
            "refund_id": None,
        }
        return 201, {"payment_id": payment_id}

    def _refunded(self, asked: RefundRequest) -> tuple[int, dict[str, str]]:
        charge = self._ledger.charges.get(asked.payment_id)
        if charge is None:
            return 404, {"error": "there is no such payment"}
        charge["refund_id"] = charge["refund_id"] or f"ref-{uuid4()}"
        return 201, {"refund_id": charge["refund_id"]}

    def _knows(self, request: Request) -> bool:
        sent = request.headers.get("authorization", "")
        return secrets.compare_digest(sent.encode(), self._authorization.encode())


def _error(status: int, message: str) -> JSONResponse:
    return JSONResponse({"error": message}, status)
