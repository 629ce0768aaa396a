"""How content is passed between functions: small in the message itself, large through S3.

Lambda takes and returns at most 6 MB in one synchronous invocation
(https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html); base64 and JSON escapes
count too, and several contents may share one message, so the limit here is well below.

Only the caller has permissions on its bucket. It signs a URL for each object that the function may
read or leave, and the function needs none of its own. A signed URL is a credential until it
expires: it is shown by no `repr`, quoted by no error, and part of no answer.
"""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, PlainSerializer, SecretStr

from runtime.shared.shape import Shape

INLINE_LIMIT_BYTES = 256 * 1024

CONTENT_TYPE = "application/json"
"""Of content that a function leaves; part of the signature, so both sides must name the same."""

SignedUrl = Annotated[
    SecretStr, PlainSerializer(SecretStr.get_secret_value, return_type=str, when_used="json")
]
"""A presigned URL of S3 for one object and one method. Only JSON made for sending shows it."""


class Inline(Shape):
    """Content carried in the message itself."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["inline"] = "inline"
    value: Any


class Linked(Shape):
    """Content that waits in S3 as JSON, in a request."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["url"] = "url"
    url: SignedUrl
    """Signed for GET."""


class Left(Shape):
    """Content that was left where the request said, in an answer."""

    kind: Literal["left"] = "left"


Content = Annotated[Inline | Linked, Field(discriminator="kind")]
"""In a request; `runtime.shared.signed_urls.received` decodes it."""

Result = Annotated[Inline | Left, Field(discriminator="kind")]
"""In an answer; `runtime.shared.work_folder.WorkFolder.result` decodes it."""
