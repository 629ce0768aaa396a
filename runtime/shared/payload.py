"""How content travels between functions: small as JSON, large as a reference to S3.

Lambda caps a synchronous payload at 6 MB in each direction
(https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html); base64 and JSON escapes
eat into it, and several payloads may share one message, so the line is drawn well below.
"""

from typing import Annotated, Any, Literal, Protocol, TypeVar

from pydantic import BaseModel, Field, TypeAdapter

Value = TypeVar("Value")

INLINE_LIMIT_BYTES = 256 * 1024


class Inline(BaseModel):
    """Content carried in the message itself."""

    kind: Literal["inline"] = "inline"
    value: Any


class Reference(BaseModel):
    """Content that waits in S3 as JSON."""

    kind: Literal["s3"] = "s3"
    bucket: str
    key: str


Payload = Annotated[Inline | Reference, Field(discriminator="kind")]
"""Either way to carry content; decode with `unpack`."""


class Destination(BaseModel):
    """Where a function may leave content that is too large for a message."""

    bucket: str
    prefix: str
    """Ends with a slash; the function adds a file name of its own."""


class ObjectStore(Protocol):
    """The two calls that payloads need; `runtime.shared.objects` gives the real one."""

    def read(self, bucket: str, key: str) -> bytes:
        """Return the object's content."""
        ...

    def write(self, bucket: str, key: str, content: bytes, content_type: str) -> None:
        """Create or replace the object."""
        ...


def pack(value: object, name: str, destination: Destination | None, store: ObjectStore) -> Payload:
    """Carry `value` inline while it is small, else leave it at `destination` as `name`.json."""
    content = TypeAdapter(Any).dump_json(value)
    if destination is None or len(content) <= INLINE_LIMIT_BYTES:
        return Inline(value=value)
    key = f"{destination.prefix}{name}.json"
    store.write(destination.bucket, key, content, "application/json")
    return Reference(bucket=destination.bucket, key=key)


def unpack(payload: Payload, shape: TypeAdapter[Value], store: ObjectStore) -> Value:
    """Return the content of a payload, validated as `shape`."""
    if isinstance(payload, Inline):
        return shape.validate_python(payload.value)
    return shape.validate_json(store.read(payload.bucket, payload.key))
