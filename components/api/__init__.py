"""A REST API whose every route passes the firewall and the authorizer."""

from components.api.routes import ApiHandler, Route
from components.api.secure_api import (
    SecureApi,
    SecureApiArgs,
    SecureApiNodes,
    SecureApiTransforms,
)

__all__ = [
    "ApiHandler",
    "Route",
    "SecureApi",
    "SecureApiArgs",
    "SecureApiNodes",
    "SecureApiTransforms",
]
