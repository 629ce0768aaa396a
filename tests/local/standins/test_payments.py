"""The payment service on this machine charges once for a key, and fails on command."""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
import pytest

from rampart_local.standins.payments import PaymentStandin

CHARGE = {"amount_cents": 1200, "currency": "EUR", "reference": "order-1"}


@pytest.fixture
def service() -> Iterator[PaymentStandin]:
    with PaymentStandin() as running:
        yield running


def ask(
    service: PaymentStandin,
    method: str,
    path: str,
    body: Any = None,  # noqa: ANN401  # wrong ones too
    key: str | None = "key-1",
    *,
    api_key: str | None = None,
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {api_key or service.api_key}"}
    if key:
        headers["Idempotency-Key"] = key
    return httpx.request(method, f"{service.url}{path}", json=body, headers=headers)


def charges(service: PaymentStandin) -> list[dict[str, Any]]:
    return ask(service, "GET", "/charges").json()["charges"]


def test_a_repeated_charge_is_the_same_charge(service: PaymentStandin) -> None:
    answers = [ask(service, "POST", "/charges", CHARGE) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [HTTPStatus.CREATED] * 2
    assert answers[0].json() == answers[1].json()
    assert len(charges(service)) == 1


def test_another_key_is_another_charge(service: PaymentStandin) -> None:
    for key in ("key-1", "key-2"):
        ask(service, "POST", "/charges", CHARGE, key)
    assert len(charges(service)) == 2


def test_a_key_is_good_for_one_charge(service: PaymentStandin) -> None:
    ask(service, "POST", "/charges", CHARGE)
    other = ask(service, "POST", "/charges", {**CHARGE, "amount_cents": 1})
    assert other.status_code == HTTPStatus.CONFLICT
    assert len(charges(service)) == 1


def test_some_amounts_are_declined_each_time(service: PaymentStandin) -> None:
    for _ in range(2):
        answer = ask(service, "POST", "/charges", {**CHARGE, "amount_cents": 1213})
        assert answer.status_code == HTTPStatus.PAYMENT_REQUIRED
    assert charges(service) == []


def test_a_charge_is_refunded_once(service: PaymentStandin) -> None:
    # given
    payment_id = ask(service, "POST", "/charges", CHARGE).json()["payment_id"]
    refund = {"payment_id": payment_id, "reference": "order-1"}

    # when
    answers = [ask(service, "POST", "/refunds", refund, key).json() for key in ("r-1", "r-2")]

    # then
    assert answers[0] == answers[1]
    assert charges(service)[0]["refund_id"] == answers[0]["refund_id"]


def test_what_was_not_charged_is_not_refunded(service: PaymentStandin) -> None:
    refund = {"payment_id": "pay-none", "reference": "order-1"}
    assert ask(service, "POST", "/refunds", refund).status_code == HTTPStatus.NOT_FOUND


def test_nothing_is_charged_during_an_outage(service: PaymentStandin) -> None:
    ask(service, "PUT", "/outage", {"down": True})
    assert ask(service, "POST", "/charges", CHARGE).status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert charges(service) == []
    ask(service, "PUT", "/outage", {"down": False})
    assert ask(service, "POST", "/charges", CHARGE).status_code == HTTPStatus.CREATED


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/charges"), ("POST", "/refunds"), ("GET", "/charges"), ("PUT", "/outage")],
)
def test_a_wrong_key_is_refused_everywhere(service: PaymentStandin, method: str, path: str) -> None:
    answer = ask(service, method, path, {"down": True}, api_key="guessed")
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert ask(service, "POST", "/charges", CHARGE).status_code == HTTPStatus.CREATED


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (CHARGE, None),
        ({**CHARGE, "amount_cents": 0}, "k"),
        ({**CHARGE, "currency": "euro"}, "k"),
        ({**CHARGE, "tip": 1}, "k"),
        ("text", "k"),
    ],
)
def test_what_is_no_charge_is_refused(
    service: PaymentStandin,
    body: Any,  # noqa: ANN401  # wrong ones too
    key: str | None,
) -> None:
    assert ask(service, "POST", "/charges", body, key).status_code == HTTPStatus.BAD_REQUEST


def test_charges_and_key_outlive_the_server(tmp_path: Path) -> None:
    # given
    with PaymentStandin(tmp_path) as first:
        before, url, api_key = (
            ask(first, "POST", "/charges", CHARGE).json(),
            first.url,
            first.api_key,
        )

    # when
    with PaymentStandin(tmp_path) as second:
        again = ask(second, "POST", "/charges", CHARGE).json()

        # then
        assert again == before
        assert (second.url, second.api_key) == (url, api_key)
        assert len(charges(second)) == 1
