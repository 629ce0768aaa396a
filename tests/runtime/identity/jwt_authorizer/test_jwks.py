"""The issuer's keys: rotated, withdrawn, made up, and an issuer that does not answer."""

import time
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from runtime.identity.jwt_authorizer.jwks import PublishedKeys
from runtime.identity.jwt_authorizer.tokens import Tokens, UnauthorizedError
from runtime.shared.errors import UnavailableError
from tests.runtime.identity.jwt_authorizer.issuer import AUDIENCE, Issuer

FIVE_MINUTES, HALF_AN_HOUR = 300, 1800


class Clock:
    """Moves when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def rotating() -> Iterator[Issuer]:
    issuer = Issuer()
    yield issuer
    issuer.stop()


def test_a_rotated_key_is_found_and_the_withdrawn_one_is_not(rotating: Issuer) -> None:
    # given
    keys = PublishedKeys(rotating.jwks_url, refetch_pause_seconds=0.05)
    tokens = Tokens(keys, rotating.url, AUDIENCE)
    old = rotating.token()
    tokens.verify(f"Bearer {old}")
    # when
    del rotating.published["rsa-1"]
    rotating.published["rsa-2"] = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    time.sleep(0.1)
    claims = tokens.verify(f"Bearer {rotating.token(key_id='rsa-2')}")
    # then
    assert claims["sub"] == "user-1"
    assert rotating.fetches == 2
    with pytest.raises(UnauthorizedError):
        tokens.verify(f"Bearer {old}")


def test_made_up_key_ids_do_not_flood_the_issuer(rotating: Issuer) -> None:
    # given
    keys = PublishedKeys(rotating.jwks_url, refetch_pause_seconds=60)
    tokens = Tokens(keys, rotating.url, AUDIENCE)
    key = rotating.published["rsa-1"]
    # when
    for number in range(20):
        with pytest.raises(UnauthorizedError):
            tokens.verify(f"Bearer {rotating.token(key=key, key_id=f'made-up-{number}')}")
    # then
    assert rotating.fetches == 1


def test_keys_are_fetched_once_for_many_tokens(rotating: Issuer) -> None:
    tokens = Tokens(PublishedKeys(rotating.jwks_url), rotating.url, AUDIENCE)
    for _ in range(10):
        tokens.verify(f"Bearer {rotating.token()}")
    assert rotating.fetches == 1


def test_nobody_enters_while_the_keys_cannot_be_read(rotating: Issuer) -> None:
    # given
    rotating.down = True
    tokens = Tokens(PublishedKeys(rotating.jwks_url), rotating.url, AUDIENCE)
    # when, then
    with pytest.raises(UnavailableError):
        tokens.verify(f"Bearer {rotating.token()}")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def known(rotating: Issuer, clock: Clock) -> Tokens:
    """Tokens whose keys were read once."""
    tokens = Tokens(PublishedKeys(rotating.jwks_url, clock=clock), rotating.url, AUDIENCE)
    tokens.verify(f"Bearer {rotating.token()}")
    return tokens


def test_the_last_keys_stay_good_while_the_issuer_does_not_answer(
    rotating: Issuer, known: Tokens, clock: Clock
) -> None:
    # given
    rotating.down = True
    clock.seconds += HALF_AN_HOUR - 1
    # when
    subjects = {known.verify(f"Bearer {rotating.token()}")["sub"] for _ in range(10)}
    # then: it was asked again, once, and nobody waited for it a second time
    assert subjects == {"user-1"}
    assert rotating.fetches == 2


def test_a_silent_issuer_is_asked_again_after_a_pause(
    rotating: Issuer, known: Tokens, clock: Clock
) -> None:
    # given
    rotating.down = True
    clock.seconds += FIVE_MINUTES + 1
    known.verify(f"Bearer {rotating.token()}")
    withdrawn = rotating.token()
    # when
    rotating.down = False
    del rotating.published["rsa-1"]
    clock.seconds += 11
    # then
    with pytest.raises(UnauthorizedError):
        known.verify(f"Bearer {withdrawn}")


def test_no_key_outlives_half_an_hour_of_silence(
    rotating: Issuer, known: Tokens, clock: Clock
) -> None:
    # given
    rotating.down = True
    clock.seconds += HALF_AN_HOUR - 5
    known.verify(f"Bearer {rotating.token()}")
    # when: the pause after the last attempt is not over
    clock.seconds += 6
    # then
    with pytest.raises(UnavailableError):
        known.verify(f"Bearer {rotating.token()}")


def test_a_withdrawn_key_is_good_for_five_minutes_and_no_longer(
    rotating: Issuer, known: Tokens, clock: Clock
) -> None:
    # given
    withdrawn = rotating.token()
    del rotating.published["rsa-1"]
    clock.seconds += FIVE_MINUTES - 1
    known.verify(f"Bearer {withdrawn}")
    # when
    clock.seconds += 2
    # then
    with pytest.raises(UnauthorizedError):
        known.verify(f"Bearer {withdrawn}")


def test_a_new_key_of_a_silent_issuer_is_not_called_a_forgery(
    rotating: Issuer, known: Tokens, clock: Clock
) -> None:
    # given
    rotating.published["rsa-2"] = rotating.published["rsa-1"]
    rotating.down = True
    clock.seconds += FIVE_MINUTES + 1
    # when, then: also while it is not asked again
    for _ in range(2):
        with pytest.raises(UnavailableError):
            known.verify(f"Bearer {rotating.token(key_id='rsa-2')}")
