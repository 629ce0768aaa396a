"""Lambda with functions in Python, as `runtime.shared.library` reaches it."""

import base64
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError

from runtime.shared.library import Library

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

Function = Callable[[dict[str, Any]], object]


@dataclass
class Functions:
    """Functions by name; an exception they raise becomes Lambda's {errorType, errorMessage}."""

    functions: dict[str, Function]
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    correlation_ids: list[str | None] = field(default_factory=list)

    def library(self, attempts: int = 1) -> Library:
        return Library(
            cast("LambdaClient", self),
            attempts=attempts,
            longest_pause_seconds=0.01,
            correlation_id=lambda: "request-1",
        )

    def invoke(
        self,
        *,
        FunctionName: str,  # noqa: N803 - boto3's names
        InvocationType: str,  # noqa: N803
        ClientContext: str,  # noqa: N803
        Payload: bytes,  # noqa: N803
    ) -> dict[str, Any]:
        assert InvocationType == "RequestResponse"
        context = json.loads(base64.b64decode(ClientContext))
        self.correlation_ids.append(context["custom"].get("correlation_id"))
        request = json.loads(Payload)
        self.requests.append((FunctionName, request))
        try:
            answer = self.functions[FunctionName](request)
        except ClientError:
            raise
        except Exception as error:  # noqa: BLE001 - what Lambda does
            failure = {"errorType": type(error).__name__, "errorMessage": str(error)}
            return {"FunctionError": "Unhandled", "Payload": _stream(failure)}
        return {"Payload": _stream(answer)}


def _stream(content: object) -> io.BytesIO:
    return io.BytesIO(json.dumps(content).encode())
