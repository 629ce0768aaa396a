"""Whom a role's trust policy lets in besides accounts: services, and people of other providers.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
"""

import re
from collections.abc import Iterator, Sequence

from rampart_policies.iam.domains import FREE, Domain, Presence, fixed, own
from rampart_policies.iam.exposure import LOGINS
from rampart_policies.iam.known import Shape
from rampart_policies.iam.requesters import Requester, federated
from rampart_policies.iam.search import passes
from rampart_policies.iam.statement import ANYONE, Statement
from rampart_policies.values import UndecidedError, is_unknown

# Services that say for which resource they assume a role; Lambda and EC2 do not.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
# https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
SAYS_ITS_SOURCE = frozenset(
    {
        *("apigateway", "appsync", "bedrock", "cloudtrail", "codebuild", "config", "events"),
        *("firehose", "iot", "logs", "monitoring.rds", "pipes", "rolesanywhere", "scheduler"),
        *("states", "vpc-flow-logs"),
    }
)

COGNITO = "cognito-identity.amazonaws.com"

# Providers whose tenants are told apart by the audience instead of the subject.
_BY_AUDIENCE = LOGINS | {"api.pulumi.com/oidc", "oidc.vercel.com", "sandboxes.cloud"}

_ISSUER = re.compile(r"(?:arn:aws[a-z-]*:iam::\d{12}:oidc-provider/)?(?:https://)?(.+?)/?")
_SAML = re.compile(r"arn:aws[a-z-]*:iam::[^:]*:saml-provider/.+")
_ALWAYS = Presence.ALWAYS


def outsiders(trusted: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Yield who gets in through an identity provider without being named: (statement, who).

    Raises:
        UndecidedError: after the others, where that hangs on something unknown.
    """
    unknown: UndecidedError | None = None
    for statement in trusted:
        for kind, provider in statement.principals if statement.effect is not False else ():
            if kind != "Federated":
                continue
            if is_unknown(provider):
                unknown = UndecidedError(*statement.hangs_on())
                continue
            for who, requester in _requesters(provider, statement):
                let_in = passes([statement], trusted, [requester])
                if let_in:
                    yield statement, who
                elif let_in is None:
                    unknown = UndecidedError(*statement.hangs_on())
    if unknown:
        raise unknown


def _requesters(provider: str, statement: Statement) -> Iterator[tuple[str, Requester]]:
    if provider == ANYONE:
        yield "whoever any identity provider vouches for", federated("any", {})
        return
    if _SAML.fullmatch(provider):
        claims = {"saml:aud": own(Shape.NAME, _ALWAYS), "saml:sub": own(Shape.NAME, _ALWAYS)}
        who = "whoever has an assertion of the provider, made for another service"
        yield who, federated(provider, claims | {"saml:": FREE})
        return
    issuer = _issuer(provider)
    if issuer == COGNITO:
        yield "users of every identity pool", federated(provider, _claims(issuer))
        if not _means_guests(statement):
            guest = {f"{COGNITO}:aud": FREE, f"{COGNITO}:sub": FREE}
            guest[f"{COGNITO}:amr"] = fixed("unauthenticated")
            yield "guests of an identity pool", federated(provider, guest)
        return
    yield f"everyone with a token of {issuer}", federated(provider, _claims(issuer))


def _issuer(provider: str) -> str:
    found = _ISSUER.fullmatch(provider)
    return found[1].lower() if found else provider


def _claims(issuer: str) -> dict[str, Domain]:
    """Return what stands in the token of somebody we do not know; a claim's key is `issuer:claim`.

    Nobody chooses their subject, and no audience where it says who the tenant is; elsewhere the
    audience is whatever the workflow asks for.
    """
    claims = {
        f"{issuer}:sub": own(Shape.SUBJECT, _ALWAYS),
        f"{issuer}:aud": FREE,
        f"{issuer}:amr": FREE,
        f"{issuer}:": own(Shape.NAME),
    }
    if issuer in _BY_AUDIENCE:
        claims[f"{issuer}:sub"] = own(Shape.NAME, _ALWAYS)
        del claims[f"{issuer}:aud"]
    return claims


def _means_guests(statement: Statement) -> bool:
    return any(
        test.key == f"{COGNITO}:amr" and "unauthenticated" in test.values and not test.negated
        for test in statement.tests
    )
