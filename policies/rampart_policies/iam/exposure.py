"""Who outside is let in by a resource policy or a trust policy."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from rampart_policies.iam.kleene import Truth
from rampart_policies.iam.requesters import (
    EVERYONE,
    ON_FOREIGN_RESOURCES,
    Requester,
    account,
    federated,
    service,
)
from rampart_policies.iam.search import passes
from rampart_policies.iam.statement import ANYONE, Statement
from rampart_policies.iam.told import by_statement
from rampart_policies.values import UndecidedError, is_unknown

LOGINS = frozenset(
    {
        *("accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com"),
        "www.amazon.com",
    }
)
"""Identity providers where anybody signs in.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"""

_ACCOUNT = re.compile(r"(?:arn:aws[a-z-]*:(?:iam|sts)::)?(\d{12})(?:$|:)")
_SERVICE = re.compile(r"(?P<name>.+?)(?:\.[a-z]{2}(?:-[a-z]+)+-\d)?\.amazon(?:aws)?\.com(?:\.cn)?")

_Item = TypeVar("_Item")


def policy_findings(
    granted: Sequence[Statement],
    path: str = "policy",
    also: Iterable[str] = (),
    requesters: Sequence[Requester] = EVERYONE,
) -> Iterator[str]:
    """Yield what is wrong with who a resource policy lets in, in the words of all rules.

    Args:
        granted: the statements of the policy.
        path: the property that has it.
        also: findings of the rule's own.
        requesters: kinds of them that a policy must not let in.

    Raises:
        UndecidedError: after the others, where some of it hangs on something unknown.
    """
    unknown: list[UndecidedError] = []
    for statement in _until_unknown(open_to_the_world(granted, requesters), unknown):
        yield f"{path} statement {statement.label} lets everyone in"
    for label, names in by_statement(_until_unknown(open_to_logins(granted), unknown)):
        yield f"{path} statement {label} lets in whoever signs in at {names}"
    for label, names in by_statement(_until_unknown(confused_deputies(granted), unknown)):
        yield f"{path} statement {label} lets {names} act for any account"
    yield from _until_unknown(also, unknown)
    if unknown:
        raise unknown[0]


def endpoint_findings(granted: Sequence[Statement]) -> Iterator[str]:
    """Yield what is wrong with the policy of a VPC endpoint: whom it lets in, and where to."""
    unknown: list[UndecidedError] = []
    for statement in _until_unknown(open_to_the_world(granted), unknown):
        yield f"policy statement {statement.label} lets anyone's credentials through"
    for statement in _until_unknown(reaches_everywhere(granted), unknown):
        yield f"policy statement {statement.label} lets data out to any account's resources"
    if unknown:
        raise unknown[0]


def open_to_the_world(
    granted: Sequence[Statement], requesters: Sequence[Requester] = EVERYONE
) -> Iterator[Statement]:
    """Yield the statements by which somebody gets in whom the policy does not name.

    A condition narrows who gets in where no requester's request meets it: by a whole account,
    organisation, network, address or resource. A deny counts where it refuses the requesters.

    Raises:
        UndecidedError: after the others, where that hangs on something unknown.
    """
    public = [one for one in granted if one.effect is not False and _may_be_everyone(one)]
    yield from _decided(
        [(one, one) for one in public], lambda one: passes([one], granted, requesters)
    )


def open_to_logins(granted: Sequence[Statement]) -> Iterator[tuple[Statement, str]]:
    """Yield each provider where anybody signs in and so gets in: (statement, provider)."""
    pairs = [pair for pair in _named(granted, "Federated") if pair[1] in LOGINS]
    yield from _decided(
        [(pair[0], pair) for pair in pairs],
        lambda pair: passes([pair[0]], granted, [federated(pair[1], {})]),
    )


def reaches_everywhere(granted: Sequence[Statement]) -> Iterator[Statement]:
    """Yield the statements that allow something on resources of accounts they do not name."""
    allowing = [(one, one) for one in granted if one.effect is not False]
    yield from _decided(allowing, lambda one: passes([one], granted, [ON_FOREIGN_RESOURCES]))


def confused_deputies(
    granted: Sequence[Statement], only: Collection[str] = ()
) -> Iterator[tuple[Statement, str]]:
    """Yield each service let in without saying for whom it acts: (statement, service).

    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html

    Args:
        granted: the statements of one policy.
        only: names of services without region and domain; empty for all.
    """
    pairs = [
        pair
        for pair in _named(granted, "Service")
        if not only or is_unknown(pair[1]) or service_name(pair[1]) in only
    ]
    yield from _decided(
        [(pair[0], pair) for pair in pairs],
        lambda pair: passes([pair[0]], granted, [service(pair[1])]),
    )


def other_accounts(
    granted: Iterable[Statement], own: Iterable[str] = ()
) -> Iterator[tuple[Statement, str]]:
    """Yield each account let in that is not among our own: (statement, account id)."""
    ours = set(own)
    for statement, name in _named(granted, "AWS"):
        found = _ACCOUNT.match(name)
        if found and found[1] not in ours:
            yield statement, found[1]


def accounts_without_agreement(
    granted: Sequence[Statement], own: Iterable[str] = ()
) -> Iterator[tuple[Statement, str]]:
    """Yield the other accounts that need neither an external id nor a common organisation.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """

    def let_in(pair: tuple[Statement, str]) -> Truth:
        statement, number = pair
        names = frozenset(one for one in statement.principals if number in one[1])
        return passes([statement], granted, [replace(account(number), caller=names)])

    pairs = dict.fromkeys(other_accounts(granted, own))
    yield from _decided([(pair[0], pair) for pair in pairs], let_in)


def service_name(principal: str) -> str:
    """Return a service's name without region and domain; another principal as it is.

    >>> service_name("states.eu-central-1.amazonaws.com"), service_name("s3.amazonaws.com")
    ('states', 's3')
    """
    found = _SERVICE.fullmatch(principal)
    return found["name"] if found else principal


def is_service(principal: str) -> bool:
    """Whether a principal is an AWS service by its name."""
    return _SERVICE.fullmatch(principal) is not None


def _named(granted: Iterable[Statement], wanted: str) -> Iterator[tuple[Statement, str]]:
    for statement in granted:
        if statement.effect is not False:
            for kind, name in statement.principals:
                if kind == wanted and name != ANYONE:
                    yield statement, name


def _may_be_everyone(statement: Statement) -> bool:
    return bool(statement.not_principals) or any(
        name == ANYONE or is_unknown(name) for _, name in statement.principals
    )


def _decided(
    items: Iterable[tuple[Statement, _Item]], truth: Callable[[_Item], Truth]
) -> Iterator[_Item]:
    """Yield the items of which it is true; raise at the end where it is not known of one."""
    unknown: UndecidedError | None = None
    for statement, item in items:
        try:
            known = truth(item)
        except UndecidedError as undecided:  # a statement of a wrong shape
            unknown = undecided
            continue
        if known:
            yield item
        elif known is None:
            unknown = UndecidedError(*statement.hangs_on())
    if unknown:
        raise unknown


def _until_unknown(found: Iterable[_Item], unknown: list[UndecidedError]) -> Iterator[_Item]:
    try:
        yield from found
    except UndecidedError as undecided:
        unknown.append(undecided)
