"""Where S3 is for this function: the only place that a signed URL may lead to."""

from ipaddress import ip_address
from re import escape, fullmatch
from typing import Self

from pydantic import SecretStr
from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from runtime.shared.errors import InvalidRequestError
from runtime.shared.settings import Settings

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
_BUCKET = r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"


class S3Settings(Settings):
    """What Lambda says, and what the SDKs read too."""

    aws_region: str
    aws_endpoint_url: str = ""
    """Another address of AWS, as on a laptop; "" is AWS itself."""


class S3Address:
    """S3 of one region, by its own name or by the endpoint that stands for it."""

    def __init__(self, region: str, endpoint: str = "") -> None:
        """Take `endpoint` for S3 if there is one; over plain HTTP only on this very machine.

        Raises:
            ValueError: the endpoint is not an address of that kind.
        """
        suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
        self._service = parse_url(endpoint or f"https://s3.{region}.{suffix}")
        scheme, host = self._service.scheme, self._service.host
        if not host or not (scheme == "https" or (scheme == "http" and _is_loopback(host))):
            raise ValueError("AWS_ENDPOINT_URL must be https, or http on a loopback address")

    @classmethod
    def read(cls) -> Self:
        """Return the address that the environment names."""
        settings = S3Settings.read()
        return cls(settings.aws_region, settings.aws_endpoint_url)

    def checked(self, url: SecretStr) -> Url:
        """Return the parsed URL, of which host, port and path must be used and nothing else.

        Raises:
            InvalidRequestError: it is not signed, or leads anywhere but to S3; without the URL.
        """
        try:
            place = parse_url(url.get_secret_value())
        except LocationParseError:
            raise InvalidRequestError("the signed URL is none") from None
        if not self._is_here(place):
            raise InvalidRequestError(
                f"a signed URL must lead to {self._service.host} or to a bucket below it, over"
                f" {self._service.scheme}"
            )
        if "X-Amz-Signature=" not in (place.query or ""):
            raise InvalidRequestError("the URL is not signed with Signature Version 4")
        return place

    def _is_here(self, place: Url) -> bool:
        here = self._service
        host, own = place.host or "", here.host or ""
        return (
            place.scheme == here.scheme
            and place.auth is None
            and _port(place) == _port(here)
            and (host == own or fullmatch(rf"{_BUCKET}\.{escape(own)}", host) is not None)
        )


def _port(url: Url) -> int | None:
    return url.port or {"https": 443, "http": 80}.get(url.scheme or "")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
