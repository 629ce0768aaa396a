"""A REST API whose every route passes the firewall and the authorizer."""

from pulumi_rampart.api.routes import ApiHandler, Route
from pulumi_rampart.api.secure_api import (
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
