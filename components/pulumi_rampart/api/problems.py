"""What API Gateway itself answers when a request does not reach a function: RFC 9457 documents.

The templates know substitution only, no functions that would escape a quotation mark, so they say
nothing of the request's content; the functions name the field.
https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
"""

import json
from dataclasses import dataclass

PROBLEM_TYPE = "application/problem+json"


@dataclass(frozen=True)
class GatewayProblem:
    """One kind of refusal."""

    kind: str
    """API Gateway's name of it."""
    status: int
    title: str
    detail: str

    def template(self) -> str:
        """Return the problem document with the correlation id that the logs carry."""
        return json.dumps(
            {
                "type": "about:blank",
                "title": self.title,
                "status": self.status,
                "detail": self.detail,
                "correlation_id": "$context.requestId",
            }
        )


PROBLEMS = (
    GatewayProblem(
        "UNAUTHORIZED", 401, "Unauthorized", "Send a valid token: Authorization: Bearer <token>."
    ),
    GatewayProblem("ACCESS_DENIED", 403, "Forbidden", "The token does not allow this request."),
    GatewayProblem("EXPIRED_TOKEN", 403, "Forbidden", "The request's signature has expired."),
    GatewayProblem("INVALID_API_KEY", 403, "Forbidden", "Send a valid x-api-key header."),
    GatewayProblem("WAF_FILTERED", 403, "Forbidden", "The firewall refused the request."),
    GatewayProblem(
        "MISSING_AUTHENTICATION_TOKEN", 404, "Not Found", "There is no such route or method."
    ),
    GatewayProblem("RESOURCE_NOT_FOUND", 404, "Not Found", "There is no such route."),
    GatewayProblem("BAD_REQUEST_BODY", 400, "Bad Request", "The body has to be a JSON object."),
    GatewayProblem(
        "BAD_REQUEST_PARAMETERS", 400, "Bad Request", "A required parameter is missing."
    ),
    GatewayProblem("REQUEST_TOO_LARGE", 413, "Content Too Large", "At most 10 MB are accepted."),
    GatewayProblem(
        "UNSUPPORTED_MEDIA_TYPE", 415, "Unsupported Media Type", "Send application/json."
    ),
    GatewayProblem("THROTTLED", 429, "Too Many Requests", "Slow down and try again."),
    GatewayProblem("QUOTA_EXCEEDED", 429, "Too Many Requests", "The day's quota is used up."),
    GatewayProblem(
        "AUTHORIZER_FAILURE",
        503,
        "Service Unavailable",
        "The token could not be checked; try again.",
    ),
    GatewayProblem(
        "AUTHORIZER_CONFIGURATION_ERROR", 500, "Internal Server Error", "The request failed."
    ),
    GatewayProblem("INTEGRATION_FAILURE", 502, "Bad Gateway", "The request failed; try again."),
    GatewayProblem("INTEGRATION_TIMEOUT", 504, "Gateway Timeout", "It took too long; try again."),
    GatewayProblem("API_CONFIGURATION_ERROR", 500, "Internal Server Error", "The request failed."),
    GatewayProblem("DEFAULT_4XX", 400, "Bad Request", "The request was refused."),
    GatewayProblem("DEFAULT_5XX", 500, "Internal Server Error", "The request failed."),
)
