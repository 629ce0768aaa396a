"""What a function reads and leaves at signed URLs, and what it says when that fails."""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, NoReturn

import pytest
from pydantic import SecretStr, TypeAdapter
from urllib3 import HTTPConnectionPool
from urllib3.exceptions import MaxRetryError

from runtime.shared import signed_urls
from runtime.shared.contracts.content import INLINE_LIMIT_BYTES, Inline, Left, Linked
from runtime.shared.errors import (
    DeniedError,
    ExpiredUrlError,
    FunctionError,
    InvalidRequestError,
    RejectedError,
    UnavailableError,
)
from runtime.shared.s3_address import S3Address
from runtime.shared.signed_urls import MOST_INLINE_BYTES, SignedUrls, received, returned
from tests.runtime.conftest import REGION
from tests.runtime.shared.conftest import BUCKET, Storage

NUMBERS = TypeAdapter(list[int])
QUERY = "?X-Amz-Signature=5ec4e7"


@dataclass
class Server:
    """Answers connections in turn with these bytes, and closes them; keeps what it was sent."""

    answers: list[bytes]
    url: str = ""
    requests: list[bytes] = field(default_factory=list[bytes])

    def urls(self, *, seconds_an_attempt: float = 0.0) -> SignedUrls:
        clock = count(0.0, seconds_an_attempt)
        return SignedUrls(
            S3Address(REGION, self.url), sleep=lambda _: None, clock=lambda: next(clock)
        )

    @property
    def signed(self) -> SecretStr:
        return SecretStr(f"{self.url}/bucket/key{QUERY}")


@contextmanager
def answering(*answers: bytes) -> Iterator[Server]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(list(answers), f"http://127.0.0.1:{listener.getsockname()[1]}")

    def serve() -> None:
        for answer in answers:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                server.requests.append(connection.recv(65536))
                connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.close()
        thread.join(2)


def reply(status: int, body: bytes = b"", *headers: bytes) -> bytes:
    # Said beforehand: a client that finds out by itself may send its next request too early.
    ends = b"Connection: close"
    lines = [b"HTTP/1.1 %d X" % status, b"Content-Length: %d" % len(body), ends, *headers]
    return b"\r\n".join([*lines, b"", body])


def error(status: int, code: str, message: str = "No.") -> bytes:
    return reply(status, f"<Error><Code>{code}</Code><Message>{message}</Message></Error>".encode())


def test_exactly_the_signed_version_is_read(storage: Storage) -> None:
    # given
    first = storage.put("seen/a b+\u00e9.txt", b"first")
    storage.put("seen/a b+\u00e9.txt", b"second")

    # when
    url = storage.signer().to_read(BUCKET, "seen/a b+\u00e9.txt", first)
    newest = storage.signer().to_read(BUCKET, "seen/a b+\u00e9.txt")

    # then
    assert storage.urls.read(url, 100) == b"first"
    assert storage.urls.read(newest, 100) == b"second"


def test_what_is_left_is_there_for_the_caller(storage: Storage) -> None:
    # when
    storage.urls.write(storage.signer().to_write(BUCKET, "left/x.json"), b"[1]")

    # then
    found = storage.s3.get_object(Bucket=BUCKET, Key="left/x.json")
    assert (found["Body"].read(), found["ContentType"]) == (b"[1]", "application/json")


def test_a_url_for_reading_cannot_write_and_leads_to_one_object(storage: Storage) -> None:
    # given
    storage.put("one", b"1")
    storage.put("two", b"2")
    url = storage.signer().to_read(BUCKET, "one")
    other = SecretStr(url.get_secret_value().replace("/one?", "/two?"))

    # then
    with pytest.raises(DeniedError):
        storage.urls.write(url, b"changed")
    with pytest.raises(DeniedError, match="SignatureDoesNotMatch"):
        storage.urls.read(other, 100)
    assert storage.s3.get_object(Bucket=BUCKET, Key="one")["Body"].read() == b"1"


@pytest.mark.parametrize(("age_seconds", "is_over"), [(50, False), (70, True)])
def test_a_url_whose_time_is_over_says_that_a_new_one_may_work(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, age_seconds: int, *, is_over: bool
) -> None:
    # given: signatures live sixty seconds from the time of their signer's clock
    storage.put("old", b"1")
    signed_at = datetime.now(UTC).replace(tzinfo=None) - timedelta(seconds=age_seconds)
    with monkeypatch.context() as earlier:
        earlier.setattr("botocore.auth.get_current_datetime", lambda: signed_at)
        url = storage.signer(seconds=60).to_read(BUCKET, "old")

    # then
    with pytest.raises(ExpiredUrlError) if is_over else nullcontext():
        assert storage.urls.read(url, 100) == b"1"


def test_an_object_that_is_not_there_is_the_requests_fault(storage: Storage) -> None:
    with pytest.raises(InvalidRequestError, match="no object"):
        storage.urls.read(storage.signer().to_read(BUCKET, "nowhere"), 100)


def test_content_that_is_larger_than_allowed_is_not_read_to_its_end(storage: Storage) -> None:
    # given
    storage.put("large", b"x" * 101)
    url = storage.signer().to_read(BUCKET, "large")

    # then
    assert len(storage.urls.read(url, 101)) == 101
    with pytest.raises(RejectedError, match="too_large"):
        storage.urls.read(url, 100)


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (error(403, "AccessDenied", "Request has expired"), ExpiredUrlError),
        (error(400, "ExpiredToken"), ExpiredUrlError),
        (error(403, "AccessDenied"), DeniedError),
        (error(404, "NoSuchVersion"), InvalidRequestError),
        (error(400, "InvalidArgument"), InvalidRequestError),
        (reply(307, b"", b"Location: http://127.0.0.1:9/elsewhere"), InvalidRequestError),
        (reply(301, b"", b"Location: http://127.0.0.1:9/elsewhere"), InvalidRequestError),
        (reply(204), InvalidRequestError),
    ],
)
def test_what_s3_answers_has_a_meaning_and_is_asked_once(
    answer: bytes, meaning: type[Exception]
) -> None:
    # when
    with answering(answer, reply(200, b"second")) as server, pytest.raises(meaning) as caught:
        server.urls().read(server.signed, 100)

    # then
    assert type(caught.value) is meaning
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "first",
    [
        error(503, "SlowDown"),
        error(500, "InternalError"),
        error(400, "RequestTimeout"),
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
    ],
    ids=["busy", "broken", "slow", "closed", "torn"],
)
def test_what_passes_is_tried_again(first: bytes) -> None:
    with answering(first, reply(200, b"whole")) as server:
        assert server.urls().read(server.signed, 100) == b"whole"


def test_after_three_attempts_s3_is_unavailable() -> None:
    # given
    busy = [error(503, "SlowDown")] * 4

    # when
    with answering(*busy) as server, pytest.raises(UnavailableError, match="SlowDown"):
        server.urls().read(server.signed, 100)

    # then
    assert len(server.requests) == 3


@pytest.mark.parametrize(("seconds", "attempts"), [(3.9, 3), (4.1, 2), (8.1, 1)])
def test_no_attempt_begins_when_there_is_no_time_for_it(seconds: float, attempts: int) -> None:
    # given
    busy = [error(503, "SlowDown")] * 3

    # when: attempts begin up to eight seconds after the first one
    with answering(*busy) as server, pytest.raises(UnavailableError):
        server.urls(seconds_an_attempt=seconds).read(server.signed, 100)

    # then
    assert len(server.requests) == attempts


def test_compressed_content_comes_as_it_lies_there() -> None:
    # given: 30 bytes that would unpack to more, and are what the object holds
    with answering(reply(200, b"\x1f\x8b not unpacked", b"Content-Encoding: gzip")) as server:
        # then
        assert server.urls().read(server.signed, 100) == b"\x1f\x8b not unpacked"


def test_a_place_that_is_not_s3_is_never_called() -> None:
    with answering(reply(200, b"secret")) as other:
        # given: the function's S3 is another one
        urls = SignedUrls(S3Address(REGION))

        # when
        with pytest.raises(InvalidRequestError):
            urls.read(other.signed, 100)

    # then
    assert other.requests == []


@pytest.mark.parametrize(
    "answers",
    [
        [error(403, "AccessDenied")],
        [error(403, "AccessDenied", "Request has expired")],
        [b""] * 3,
        [b"no http\r\n\r\n"] * 3,
        [error(503, "SlowDown")] * 3,
        [reply(200, b"x" * 200)],
    ],
)
def test_no_url_is_in_an_error_or_a_log_line(
    answers: list[bytes], caplog: pytest.LogCaptureFixture
) -> None:
    # given: everything is logged that anybody wants to log
    caplog.set_level(logging.DEBUG)

    # when
    with answering(*answers) as server, pytest.raises(FunctionError) as caught:
        server.urls().read(server.signed, 100)

    # then
    told = "".join([*logged_traceback(caught.value), caplog.text, repr(server.signed)])
    assert "5ec4e7" not in told
    assert b"5ec4e7" in server.requests[0]


def test_what_the_http_client_says_of_a_url_stays_with_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    # given: as it does when something in between retries
    class Retrying(HTTPConnectionPool):
        def urlopen(self, method: str, url: str, *_: Any, **__: Any) -> NoReturn:  # noqa: ANN401
            raise MaxRetryError(self, url, TimeoutError(f"{method} {url}"))

    place = S3Address(REGION, "http://127.0.0.1:9").checked(
        SecretStr(f"http://127.0.0.1:9/bucket/key{QUERY}")
    )

    # when
    with pytest.raises(UnavailableError, match="MaxRetryError") as caught:
        signed_urls._once(Retrying("127.0.0.1", 9), place, "GET", None, 100)

    # then
    assert "5ec4e7" not in "".join([*logged_traceback(caught.value), caplog.text])


def logged_traceback(problem: BaseException) -> list[str]:
    """Return what a logger writes of an exception."""
    formatter = logging.Formatter()
    return [formatter.formatException((type(problem), problem, problem.__traceback__))]


def test_a_content_comes_inline_or_by_url_and_is_checked_the_same(storage: Storage) -> None:
    # given
    storage.put("numbers", b"[1, 2]")
    storage.put("words", b'["confidential"]')
    signer = storage.signer()

    # then
    linked = Linked(url=signer.to_read(BUCKET, "numbers"))
    assert received(linked, NUMBERS, storage.urls) == [1, 2]
    assert received(Inline(value=[1, 2]), NUMBERS, storage.urls) == [1, 2]
    wrong = Linked(url=signer.to_read(BUCKET, "words"))
    for content in (wrong, Inline(value=["confidential"])):
        with pytest.raises(InvalidRequestError, match="0: ") as refused:
            received(content, NUMBERS, storage.urls)
        assert "confidential" not in str(refused.value)


def test_an_answer_is_inline_up_to_its_limit_and_beyond_it_left_behind(storage: Storage) -> None:
    # given: JSON adds two quotes
    small, large = "x" * (INLINE_LIMIT_BYTES - 2), "x" * (INLINE_LIMIT_BYTES - 1)
    folder = storage.folder("answers/")

    # when
    kept = returned(small, folder.place("small"), storage.urls)
    left = returned(large, folder.place("large"), storage.urls)

    # then
    assert kept == Inline(value=small)
    assert left == Left()
    assert folder.result("large", left, TypeAdapter(str)) == large


def test_without_a_place_an_answer_that_fits_no_message_is_refused(storage: Storage) -> None:
    # given
    fits, too_large = "x" * (MOST_INLINE_BYTES - 2), "x" * (MOST_INLINE_BYTES - 1)

    # then
    assert returned(fits, None, storage.urls) == Inline(value=fits)
    with pytest.raises(InvalidRequestError, match="send a URL"):
        returned(too_large, None, storage.urls)
