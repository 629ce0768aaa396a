"""OpenAPI documents as API Gateway imports them, for fixtures."""

import json
from typing import Any

import yaml

AUTHORIZERS: dict[str, Any] = {
    "tokens": {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri": "arn:aws:lambda:x"},
    },
    "jwt": {
        "type": "oauth2",
        "x-amazon-apigateway-authorizer": {"type": "jwt", "jwtConfiguration": {"issuer": "x"}},
    },
    "sigv4": {
        "type": "apiKey",
        "name": "Authorization",
        "in": "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
    },
    "key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
}


def openapi(verb: str = "get", operation: dict[str, Any] | None = None, **root: Any) -> str:  # noqa: ANN401  # documents are any JSON
    """Write a document of version 3 with one operation, in JSON."""
    document = {
        "openapi": "3.0.1",
        "info": {"title": "shop", "version": "1"},
        "paths": {"/orders": {verb: operation or {}}},
        "components": {"securitySchemes": AUTHORIZERS},
        **root,
    }
    return json.dumps(document)


def swagger(operation: dict[str, Any]) -> str:
    """Write a document of version 2 with one operation, in YAML."""
    document = {
        "swagger": "2.0",
        "paths": {"/orders": {"get": operation, "options": {}}},
        "securityDefinitions": AUTHORIZERS,
    }
    return yaml.safe_dump(document)
