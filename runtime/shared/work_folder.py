"""Content that is passed to and from library functions: the caller's side."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import SecretStr, TypeAdapter, ValidationError

from runtime.shared.contracts.content import (
    CONTENT_TYPE,
    INLINE_LIMIT_BYTES,
    Content,
    Inline,
    Linked,
    Result,
    SignedUrl,
)
from runtime.shared.errors import InvalidRequestError, UnavailableError
from runtime.shared.objects import Objects
from runtime.shared.shape import QUIET

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

Value = TypeVar("Value")

_ANYTHING: TypeAdapter[object] = TypeAdapter(object, config=QUIET)


class UrlSigner:
    """Signs URLs for single objects with this function's own permissions.

    S3 judges them when the URL is used: the object, its encryption key and the network's endpoint
    policy see this function's role, whoever sends the request.
    """

    def __init__(self, s3: "S3Client", seconds: int) -> None:
        """URLs are valid for `seconds`: as long as this function waits for an answer."""
        self._s3, self._seconds = s3, seconds

    def to_read(self, bucket: str, key: str, version_id: str | None = None) -> SignedUrl:
        """Return a URL that reads the object: the version named, else the newest by then."""
        place = {"Bucket": bucket, "Key": key}
        version = {"VersionId": version_id} if version_id else {}
        return self._signed("get_object", place | version)

    def to_write(self, bucket: str, key: str) -> SignedUrl:
        """Return a URL that creates or replaces the object, as JSON."""
        place = {"Bucket": bucket, "Key": key}
        return self._signed("put_object", {**place, "ContentType": CONTENT_TYPE})

    def _signed(self, operation: str, parameters: dict[str, str]) -> SignedUrl:
        return SecretStr(
            self._s3.generate_presigned_url(operation, Params=parameters, ExpiresIn=self._seconds)
        )


@dataclass(frozen=True)
class Offered:
    """Content for a request; a new attempt signs its URL anew."""

    inline: Inline | None
    key: str
    folder: "WorkFolder"

    def content(self) -> Content:
        """Return what the request carries."""
        return self.inline or Linked(url=self.folder.signer.to_read(self.folder.bucket, self.key))


@dataclass(frozen=True)
class WorkFolder:
    """A place in the caller's own bucket for content that is too large for a message."""

    signer: UrlSigner
    objects: Objects
    bucket: str
    prefix: str
    """Ends with a slash."""

    def offered(self, name: str, value: object) -> Offered:
        """Return `value` ready to be sent: itself while it is small, else left as `name`."""
        content = _ANYTHING.dump_json(value)
        if len(content) <= INLINE_LIMIT_BYTES:
            return Offered(Inline(value=value), self._key(name), self)
        self.objects.write(self.bucket, self._key(name), content, CONTENT_TYPE)
        return Offered(None, self._key(name), self)

    def place(self, name: str) -> SignedUrl:
        """Return a URL at which a function may leave its result `name`."""
        return self.signer.to_write(self.bucket, self._key(name))

    def result(self, name: str, result: Result, shape: TypeAdapter[Value]) -> Value:
        """Return a result as `shape`, from the answer or from where it was left.

        Raises UnavailableError when it is not there or is something else; DeniedError.
        """
        try:
            if isinstance(result, Inline):
                return shape.validate_python(result.value)
            return shape.validate_json(self.objects.read(self.bucket, self._key(name)))
        except ValidationError:
            # Without its text, which quotes the content.
            raise UnavailableError(f"{name} is not what was to be left") from None
        except InvalidRequestError as error:
            raise UnavailableError(f"{name} was said to be left, and is not there") from error

    def _key(self, name: str) -> str:
        return f"{self.prefix}{name}.json"
