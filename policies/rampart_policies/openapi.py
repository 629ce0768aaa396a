"""APIs written as one OpenAPI document: its operations, and who may call them.

API Gateway reads OpenAPI 2 and 3, in JSON or YAML, with extensions of its own:
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import yaml

from rampart_policies.graph import Resource
from rampart_policies.values import SECRET, Block, UndecidedError, contains_unknown

_METHODS = ("get", "put", "post", "delete", "patch", "head", "trace")
_ANY = "x-amazon-apigateway-any-method"
_AUTHORIZER = "x-amazon-apigateway-authorizer"
_AUTHORIZATION_TYPE = "x-amazon-apigateway-authtype"
_AUTHORIZATION = "x-amazon-apigateway-auth"
_VALIDATOR = "x-amazon-apigateway-request-validator"
_VALIDATORS = "x-amazon-apigateway-request-validators"
_WITH_BODY = {"put", "post", "patch", _ANY}


@dataclass(frozen=True)
class Operation:
    """One operation of a document; preflight requests (OPTIONS) are left out."""

    name: str
    """Method and path: `GET /orders`."""
    method: str
    content: Block
    document: Block

    def who_is_asked(self) -> str | None:
        """Return why anyone may call it, or None where a caller has to prove who it is."""
        extension = self.content.text(f"{_AUTHORIZATION}.type")
        if extension is not None:
            return f"{_AUTHORIZATION} is NONE" if extension.upper() == "NONE" else None
        given = self.content if "security" in self.content.fields else self.document
        alternatives = given.blocks("security")
        if not alternatives:
            return "security is not set"
        for alternative in alternatives:  # any one of them suffices to get in
            if not any(self._proves(scheme) for scheme in alternative.fields):
                named = ", ".join(alternative.fields) or "nothing"
                return f"security asks for {named}, which no authorizer checks"
        return None

    def validates(self) -> bool:
        """Whether malformed requests are refused, as far as there is something to validate."""
        body = self.method in _WITH_BODY or self.content.has("requestBody")
        parameters = self.content.has("parameters")
        if not body and not parameters:
            return True
        name = self.content.text(_VALIDATOR) or self.document.text(_VALIDATOR)
        validator = self.document.block(_VALIDATORS).fields.get(name or "")
        block = Block(cast("Any", validator) if isinstance(validator, dict) else {})
        return (block.flag("validateRequestBody") or not body) and (
            block.flag("validateRequestParameters") or not parameters
        )

    def _proves(self, scheme: str) -> bool:
        for holder in (self.document.block("components.securitySchemes"), self.document):
            schemes = holder if holder is not self.document else holder.block("securityDefinitions")
            given = schemes.fields.get(scheme)
            if isinstance(given, dict) and (_AUTHORIZER in given or _AUTHORIZATION_TYPE in given):
                return True
        return False


def operations(api: Resource) -> Iterator[Operation]:
    """Yield the operations of an API's `body`; none without one.

    Raises:
        UndecidedError: the document is unknown, secret, or neither JSON nor YAML.
    """
    text = api.text("body")
    if text is None:
        return
    if text == SECRET:
        raise UndecidedError("body", "is a secret")
    document = _document(text)
    for path, item in document.block("paths").fields.items():
        if not isinstance(item, dict):
            raise UndecidedError(f"body.paths.{path}", "is not a group of operations")
        if "$ref" in item:
            raise UndecidedError(f"body.paths.{path}", "stands in another document")
        for method in (*_METHODS, _ANY):
            if method in item:
                name = "ANY" if method == _ANY else method.upper()
                content = Block(item, f"body.paths.{path}").block(method)
                yield Operation(f"{name} {path}", method, content, document)


@lru_cache(maxsize=64)
def _document(text: str) -> Block:
    try:
        content: Any = yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader
    except (yaml.YAMLError, ValueError, RecursionError):
        raise UndecidedError("body", "is neither JSON nor YAML") from None
    if not isinstance(content, dict) or contains_unknown(cast("Any", content)):
        raise UndecidedError("body", "is not a known OpenAPI document")
    return Block(cast("Any", content), "body")


# JSON is YAML; libyaml, where it is installed, reads it ten times faster.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
