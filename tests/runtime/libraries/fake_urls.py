"""Signed URLs without S3; test_transfer.py in `tests/runtime/shared` holds it to the real laws."""

from dataclasses import dataclass, field

from pydantic import SecretStr

from runtime.shared.errors import InvalidRequestError, RejectedError


@dataclass
class FakeUrls:
    """Implements `signed_urls.Transfer`: what is at which URL."""

    objects: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def read(self, url: SecretStr, most_bytes: int) -> bytes:
        content = self.objects.get(url.get_secret_value())
        if content is None:
            raise InvalidRequestError("there is no object where the signed URL leads")
        if len(content) > most_bytes:
            raise RejectedError("too_large", f"the content is larger than {most_bytes} bytes")
        return content

    def write(self, url: SecretStr, content: bytes) -> None:
        self.objects[url.get_secret_value()] = content
