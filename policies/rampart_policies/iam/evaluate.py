"""Whether AWS allows a request, given the policy documents that have a say in it.

Identity policies, resource policies, permissions boundaries and session policies, as in
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html;
limits of an organisation are not part of a stack, and not part of this.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rampart_policies.iam.conditions import Context
from rampart_policies.iam.kleene import Truth, every, opposite, some
from rampart_policies.iam.statement import ANYONE, Principal, Statement
from rampart_policies.values import is_unknown

_ANY_KIND = frozenset({"AWS", "CanonicalUser", ANYONE})


@dataclass(frozen=True)
class Request:
    """One call of one action on one resource."""

    action: str
    resource: str
    context: Context = field(default_factory=dict[str, tuple[str, ...] | None])
    caller: frozenset[Principal] = frozenset()
    """Every name a policy may call the caller by: a role has its ARN, its account's and the
    account's number; nobody in particular has none."""
    session: frozenset[Principal] = frozenset()
    """The names of exactly this user or session, which no boundary and no session policy limits
    where a resource policy says them."""


@dataclass(frozen=True)
class Documents:
    """The documents in force; None where there is none of a kind."""

    identity: tuple[Statement, ...] = ()
    resource: tuple[Statement, ...] = ()
    boundary: tuple[Statement, ...] | None = None
    session_policy: tuple[Statement, ...] | None = None
    other_account: bool = False
    """Whether caller and resource are in different accounts: then both have to allow it."""


def decide(request: Request, documents: Documents) -> Truth:
    """Return whether the request is allowed; None where that hangs on something unknown."""
    limits = [one for one in (documents.boundary, documents.session_policy) if one is not None]
    everything = [documents.identity, documents.resource, *limits]
    denied = some(denies(granted, request) for granted in everything)
    identity = some(_allow(documents.identity, request))
    limited = every(some(_allow(limit, request)) for limit in limits)
    if documents.other_account:
        granted = every([some(_allow(documents.resource, request)), identity, limited])
    else:
        directly = some(_allow(documents.resource, request, only=request.session))
        resource = some(_allow(documents.resource, request))
        granted = some([directly, every([some([resource, identity]), limited])])
    return every([opposite(denied), granted])


def grants(granted: Iterable[Statement], request: Request) -> Truth:
    """Return whether one kind of document by itself allows a request and does not deny it."""
    known = tuple(granted)
    return every([opposite(denies(known, request)), some(_allow(known, request))])


def denies(granted: Iterable[Statement], request: Request) -> Truth:
    """Return whether any statement denies a request."""
    return some(
        every([opposite(one.effect), applies(one, request)])
        for one in granted
        if one.effect is not True
    )


def applies(
    statement: Statement, request: Request, only: frozenset[Principal] = frozenset()
) -> Truth:
    """Return whether a statement speaks of a request, whatever it then says.

    Args:
        statement: of any kind of document; one without principal speaks of every caller.
        request: the call.
        only: names of the caller, one of which the statement has to say literally.
    """
    return every(
        [
            speaks_to(statement, request.caller | request.session)
            if not only
            else bool(only.intersection(statement.principals)),
            statement.includes_action(request.action),
            statement.includes_resource(request.resource, request.context),
            statement.holds(request.context),
        ]
    )


def speaks_to(statement: Statement, caller: frozenset[Principal]) -> Truth:
    """Return whether a statement's principals include a caller."""
    if statement.not_principals:
        return opposite(some(_is(one, caller) for one in statement.not_principals))
    if not statement.principals:
        return True
    return some(_is(one, caller) for one in statement.principals)


def _is(principal: Principal, caller: frozenset[Principal]) -> Truth:
    kind, name = principal
    if is_unknown(name):
        return None
    if name == ANYONE:  # of AWS that is everyone, of another kind whoever is of that kind
        return kind in _ANY_KIND or any(one == kind for one, _ in caller)
    return principal in caller


def _allow(
    granted: Iterable[Statement], request: Request, only: frozenset[Principal] | None = None
) -> list[Truth]:
    if only is not None and not only:
        return []
    return [
        every([one.effect, applies(one, request, only or frozenset())])
        for one in granted
        if one.effect is not False
    ]
