"""Reads and leaves content at the signed URLs that a caller sent: the function's side.

A function has no permission on anybody's bucket: S3 judges whoever signed the URL. So that a caller
cannot use it to reach other places either, only S3 of the function's own region is called, over
TLS, and no redirect is followed. A URL is a credential: it is in no error, log line or trace.
"""

import logging
import re
import ssl
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from pydantic import SecretStr, TypeAdapter
from urllib3 import HTTPConnectionPool, PoolManager, Timeout
from urllib3.exceptions import HTTPError
from urllib3.util import Url

from runtime.shared.contracts.content import (
    CONTENT_TYPE,
    INLINE_LIMIT_BYTES,
    Content,
    Inline,
    Left,
    Result,
    SignedUrl,
)
from runtime.shared.errors import (
    DeniedError,
    ExpiredUrlError,
    FunctionError,
    InvalidRequestError,
    RejectedError,
    UnavailableError,
)
from runtime.shared.requests import naming_fields
from runtime.shared.s3_address import S3Address
from runtime.shared.shape import QUIET

if TYPE_CHECKING:
    # Not in urllib3 1.26, which a Lambda runtime may have.
    from urllib3 import BaseHTTPResponse

Value = TypeVar("Value")

# Vectors of 2,048 texts take 17 MB as JSON; a function of 512 MiB holds this several times.
MOST_CONTENT_BYTES = 64 * 1024 * 1024
# Below the 6 MB of an answer, whose escapes and other fields count too.
MOST_INLINE_BYTES = 5_000_000

ATTEMPTS = 3
# No attempt begins later than this, so that a function of 30 s can still do its work.
ATTEMPTS_WITHIN_SECONDS = 8.0
# Between two pieces of the body, not for all of it.
TIMEOUT = Timeout(connect=2, read=5)
_PIECE_BYTES = 1024 * 1024
_ERROR_BYTES = 4096

_CODE = re.compile(rb"<Code>(\w+)</Code>")
_EXPIRED = b"<Message>Request has expired</Message>"
_PASSING = frozenset({429, 500, 502, 503, 504})
_NOT_THERE = frozenset({"NoSuchBucket", "NoSuchKey", "NoSuchVersion"})

# It logs every request with its URL: at DEBUG each, at WARNING those it repeats.
logging.getLogger("urllib3").setLevel(logging.ERROR)


class Transfer(Protocol):
    """Content at signed URLs; `SignedUrls` gives the real one."""

    def read(self, url: SecretStr, most_bytes: int) -> bytes:
        """Return what is there."""
        ...

    def write(self, url: SecretStr, content: bytes) -> None:
        """Leave the content there."""
        ...


class SignedUrls:
    """Implements `Transfer`; build one outside the handler, for it keeps its connections."""

    def __init__(
        self,
        address: S3Address,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Call nobody but S3 at `address`; `sleep` is for the pauses between attempts.

        `clock` gives the seconds since any moment; no attempt begins after ATTEMPTS_WITHIN_SECONDS.
        """
        self._address, self._sleep, self._clock = address, sleep, clock
        self._pools = PoolManager(retries=False, ssl_context=ssl.create_default_context())

    def read(self, url: SecretStr, most_bytes: int) -> bytes:
        """Return the object.

        Raises:
            InvalidRequestError: the URL leads elsewhere, or there is no such object.
            RejectedError: `too_large`, when it has more than `most_bytes`.
            ExpiredUrlError: the URL, or the session that signed it, is over.
            DeniedError: the signer may not read it.
            UnavailableError: S3 did not answer in three attempts.
        """
        return self._request("GET", url, None, most_bytes)

    def write(self, url: SecretStr, content: bytes) -> None:
        """Create or replace the object, as JSON; raises as `read` does."""
        self._request("PUT", url, content, _ERROR_BYTES)

    def _request(self, method: str, url: SecretStr, body: bytes | None, most_bytes: int) -> bytes:
        place = self._address.checked(url)
        pool = self._pools.connection_from_host(place.host, place.port, place.scheme)
        began = self._clock()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _once(pool, place, method, body, most_bytes)
            except ExpiredUrlError:
                raise
            except UnavailableError:
                late = self._clock() - began > ATTEMPTS_WITHIN_SECONDS
                if attempt == ATTEMPTS or late:
                    raise
                self._sleep(0.1 * 2**attempt)
        raise AssertionError("every attempt returns or raises")


def _once(
    pool: HTTPConnectionPool, place: Url, method: str, body: bytes | None, most_bytes: int
) -> bytes:
    headers = {} if body is None else {"Content-Type": CONTENT_TYPE}
    try:
        response = pool.urlopen(
            method,
            place.request_uri,
            body=body,
            headers=headers,
            retries=False,
            redirect=False,
            timeout=TIMEOUT,
            preload_content=False,
        )
        try:
            if response.status != 200:  # noqa: PLR2004 - S3 answers GET and PUT of objects so
                raise _refusal(response.status, response.read(_ERROR_BYTES))
            return _content(response, most_bytes)
        finally:
            # What was read to its end has given its connection back already.
            response.close()
    except HTTPError as error:
        # Some of its messages have the URL, so nothing but the type goes on.
        raise UnavailableError(f"s3 was not reached: {type(error).__name__}") from None


def _content(response: "BaseHTTPResponse", most_bytes: int) -> bytes:
    content = bytearray()
    # Undecoded, as it lies there: nothing small unpacks to something large.
    for piece in response.stream(_PIECE_BYTES, decode_content=False):
        content += piece
        if len(content) > most_bytes:
            raise RejectedError("too_large", f"the content is larger than {most_bytes} bytes")
    return bytes(content)


def _refusal(status: int, answer: bytes) -> FunctionError:
    """Return what S3's refusal means.

    https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
    """
    found = _CODE.search(answer)
    code = found[1].decode() if found else f"status {status}"
    if code == "ExpiredToken" or _EXPIRED in answer:
        return ExpiredUrlError("the signed URL has expired; ask again with a new one")
    if status in _PASSING or code == "RequestTimeout":
        return UnavailableError(f"s3 did not answer: {code}")
    if code in _NOT_THERE:
        return InvalidRequestError("there is no object where the signed URL leads")
    if status == 403:  # noqa: PLR2004 - forbidden
        return DeniedError(f"s3 refused the signed URL: {code}")
    return InvalidRequestError(f"s3 does not take the signed URL: {code}")


def received(content: Content, shape: TypeAdapter[Value], urls: Transfer) -> Value:
    """Return the content of a request as `shape`; raises InvalidRequestError naming each field."""
    with naming_fields():
        if isinstance(content, Inline):
            return shape.validate_python(content.value)
        return shape.validate_json(urls.read(content.url, MOST_CONTENT_BYTES))


def returned(value: object, url: SignedUrl | None, urls: Transfer) -> Result:
    """Put `value` into the answer while it is small, else leave it at `url`."""
    content = _ANYTHING.dump_json(value)
    if len(content) <= INLINE_LIMIT_BYTES:
        return Inline(value=value)
    if url is not None:
        urls.write(url, content)
        return Left()
    if len(content) > MOST_INLINE_BYTES:
        raise InvalidRequestError(
            f"the answer has {len(content)} bytes, a message at most {MOST_INLINE_BYTES};"
            " send a URL to leave it at"
        )
    return Inline(value=value)


_ANYTHING: TypeAdapter[object] = TypeAdapter(object, config=QUIET)
