"""Who may enter: a verified token that names a tenant, and nobody else."""

from dataclasses import dataclass
from typing import Any, Literal

from runtime.identity.jwt_authorizer.tokens import Tokens
from runtime.shared.identity import Caller, is_tenant


@dataclass(frozen=True)
class Gate:
    """Turns tokens into callers."""

    tokens: Tokens
    tenant_claim: str

    def caller(self, authorization: str) -> tuple[str, Caller | None]:
        """Return the token's subject, and the caller if the token names a tenant.

        Raises UnauthorizedError for a token that proves nothing.
        """
        claims = self.tokens.verify(authorization)
        subject, tenant = claims["sub"], claims.get(self.tenant_claim)
        return subject, Caller(tenant, subject) if is_tenant(tenant) else None


def policy(method_arn: str, subject: str, caller: Caller | None) -> dict[str, Any]:
    """Return API Gateway's answer: this stage of this API and no other, allowed or denied.

    `method_arn` is arn:aws:execute-api:{region}:{account}:{api}/{stage}/{method}/{path}.
    """
    api, stage, *_ = method_arn.split("/")
    effect: Literal["Allow", "Deny"] = "Allow" if caller else "Deny"
    return {
        "principalId": subject,
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Action": "execute-api:Invoke",
                    "Effect": effect,
                    "Resource": f"{api}/{stage}/*",
                },
            ],
        },
        "context": {"tenant": caller.tenant, "subject": caller.subject} if caller else {},
    }
