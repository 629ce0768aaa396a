"""Who is calling: what the authorizer vouched for, never what the request claims."""

from dataclasses import dataclass
from http import HTTPStatus
from re import fullmatch
from typing import TypeGuard

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

from runtime.shared.problem import ProblemError

TENANT_PATTERN = r"[a-z0-9][a-z0-9-]{0,62}"
"""Lower case and without `/` or `#`, so that it can stand in keys, paths and namespaces."""


@dataclass(frozen=True)
class Caller:
    """The tenant whose data may be touched, and the user within it (the token's `sub`)."""

    tenant: str
    subject: str


def is_tenant(value: object) -> TypeGuard[str]:
    """Tell whether `value` can name a tenant."""
    return isinstance(value, str) and fullmatch(TENANT_PATTERN, value) is not None


def caller_of(event: APIGatewayProxyEvent) -> Caller:
    """Return the caller that the authorizer put into the request's context.

    A request without one cannot come through the API; it is refused instead of trusted.
    """
    verified: dict[str, object] = event.request_context.authorizer.raw_event or {}
    tenant, subject = verified.get("tenant"), verified.get("subject")
    if not is_tenant(tenant) or not isinstance(subject, str) or not subject:
        raise ProblemError(HTTPStatus.UNAUTHORIZED, "The request carries no verified identity.")
    return Caller(tenant=tenant, subject=subject)
