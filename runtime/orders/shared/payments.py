"""The payment service, over HTTP: charges and refunds, each once for its idempotency key.

    POST /charges    {"amount_cents", "currency", "reference"}   -> 201 {"payment_id"}
    POST /refunds    {"payment_id", "reference"}                 -> 201 {"refund_id"}

A repeated request with the same `Idempotency-Key` gets the first answer. 402 says that the
customer's bank declined. Everything else that is not an answer is worth another try.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from runtime.orders.shared.order import OrderKey
from runtime.shared.breaker import Breaker, SharedState
from runtime.shared.clients import table
from runtime.shared.errors import (
    InvalidRequestError,
    NotConfiguredError,
    RejectedError,
    UnavailableError,
)
from runtime.shared.secret import Secrets
from runtime.shared.settings import Settings
from runtime.shared.shape import Shape

TIMEOUT_SECONDS = 3.0
DECLINED = "declined"

Body = TypeVar("Body", bound=BaseModel)


class Charge(Shape):
    """What was charged."""

    payment_id: str


class Refund(Shape):
    """What was given back."""

    refund_id: str


class Payments:
    """Implements what the processor and the fulfilment ask of payments."""

    def __init__(self, http: httpx.Client, api_key: Callable[[], str], breaker: Breaker) -> None:
        """`http` has the service's address; `api_key` is read when it is needed."""
        self._http, self._api_key, self._breaker = http, api_key, breaker

    def charge(self, order: OrderKey, amount_cents: int, currency: str) -> Charge:
        """Charge an order; asked again, it is the same charge.

        Raises RejectedError with the code `declined`, UnavailableError when there was no answer.
        """
        body = {
            "amount_cents": amount_cents,
            "currency": currency,
            "reference": order.order_id,
        }
        return self._post("/charges", f"charge-{order.tenant}-{order.order_id}", body, Charge)

    def refund(self, order: OrderKey, payment_id: str) -> Refund:
        """Give back what was charged; asked again, it is the same refund."""
        body = {"payment_id": payment_id, "reference": order.order_id}
        return self._post("/refunds", f"refund-{order.tenant}-{order.order_id}", body, Refund)

    def _post(self, path: str, key: str, body: Mapping[str, str | int], shape: type[Body]) -> Body:
        return self._breaker.call(lambda: self._ask(path, key, body, shape))

    def _ask(self, path: str, key: str, body: Mapping[str, str | int], shape: type[Body]) -> Body:
        headers = {"Authorization": f"Bearer {self._api_key()}", "Idempotency-Key": key}
        try:
            answer = self._http.post(path, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise UnavailableError(f"the payment service: {type(error).__name__}") from error
        match answer.status_code:
            case HTTPStatus.OK | HTTPStatus.CREATED:
                return _read(answer.content, shape)
            case HTTPStatus.PAYMENT_REQUIRED:
                raise RejectedError(DECLINED, "The payment was declined.")
            case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
                raise NotConfiguredError("the payment service refuses the API key")
            case HTTPStatus.TOO_MANY_REQUESTS:
                raise UnavailableError("the payment service has too many requests")
            case status if status < HTTPStatus.INTERNAL_SERVER_ERROR:
                raise InvalidRequestError(f"the payment service answered {status}")
            case status:
                raise UnavailableError(f"the payment service answered {status}")


class PaymentSettings(Settings):
    """Where the service is, where its key is kept, and where the breaker's state is."""

    payments_url: str
    payments_key_secret_arn: str
    breakers_table: str


def payments(settings: PaymentSettings) -> Payments:
    """Return the service that a function's settings name, behind the breaker that all share."""
    http = httpx.Client(base_url=settings.payments_url, timeout=TIMEOUT_SECONDS)
    secrets, arn = Secrets(), settings.payments_key_secret_arn
    breaker = Breaker("payments", SharedState(table(settings.breakers_table), "payments"))
    return Payments(http, lambda: secrets.read(arn), breaker)


def _read(content: bytes, shape: type[Body]) -> Body:
    try:
        return shape.model_validate_json(content)
    except ValidationError as error:
        raise UnavailableError("the payment service answered something else") from error
