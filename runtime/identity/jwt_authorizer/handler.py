"""An API request's token -> a policy for this stage, with the tenant and subject it vouches for.

401 for a token that proves nothing, 403 for one without a tenant, 500 when the issuer's keys
cannot be read: a request is never let in because something failed.
"""

from typing import Annotated, Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import Field

from runtime.identity.jwt_authorizer.core import Gate, policy
from runtime.identity.jwt_authorizer.jwks import PublishedKeys
from runtime.identity.jwt_authorizer.tokens import Tokens, UnauthorizedError
from runtime.shared.settings import Settings

NotEmpty = Annotated[str, Field(min_length=1)]


class AuthorizerSettings(Settings):
    """Whose tokens are accepted, for whom they must be meant, and which claim is the tenant."""

    issuer: NotEmpty
    audience: NotEmpty
    jwks_url: NotEmpty
    tenant_claim: NotEmpty


settings = AuthorizerSettings.read()
logger, tracer, metrics = Logger(), Tracer(), Metrics()
tokens = Tokens(PublishedKeys(settings.jwks_url), settings.issuer, settings.audience)
gate = Gate(tokens, settings.tenant_claim)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001 - Lambda's signature
    """Answer API Gateway's question about one request."""
    try:
        subject, caller = gate.caller(event.get("authorizationToken", ""))
    except UnauthorizedError as error:
        logger.info("token refused", extra={"reason": str(error)})
        metrics.add_metric("TokensRefused", MetricUnit.Count, 1)
        # The one message that API Gateway turns into a 401.
        raise Exception("Unauthorized") from None  # noqa: TRY002
    if caller is None:
        logger.info("token without a tenant", extra={"subject": subject})
    metrics.add_metric("TokensAccepted" if caller else "TokensForbidden", MetricUnit.Count, 1)
    return policy(event["methodArn"], subject, caller)
