"""Which AWS accounts are the program's own: nobody has to list what the program says.

A resource's ARN has the account that it is made in, and an explicit provider may say in which
accounts it works (`allowedAccountIds`) or which role it assumes there (`assumeRoles`).
https://www.pulumi.com/registry/packages/aws/installation-configuration/
"""

import re
from collections.abc import Iterable, Iterator

from rampart_policies.graph import Graph, Resource
from rampart_policies.iam.statement import Statement
from rampart_policies.values import UndecidedError, Value, before_unknown, is_unknown, texts_in

PROVIDER = "pulumi:providers:aws"

_ACCOUNT_OF_ARN = re.compile(r"arn:aws[a-z-]*:[^:]*:[^:]*:(\d{12}):.*")
_ACCOUNT = re.compile(r"(?<!\d)\d{12}(?!\d)")
_SAY_THE_ACCOUNT = ("allowedAccountIds", "assumeRole", "assumeRoles")


def own_accounts(graph: Graph, listed: Iterable[str] = ()) -> frozenset[str]:
    """Return the ids of the program's own accounts.

    Args:
        graph: the stack.
        listed: what a profile adds.

    Returns:
        None of them where every ARN is known and has no account, as those of buckets.

    Raises:
        UndecidedError: an ARN will tell, as in the preview of a new stack.
    """
    found = {*listed, *_of_resources(graph)}
    if not found and any(is_unknown(one.fields.get("arn")) for one in graph.resources.values()):
        raise UndecidedError("the account", "of this stack is not known yet")
    return frozenset(found)


def accounts_in(arns: Iterable[str]) -> frozenset[str]:
    """Return the accounts that stand in ARNs; what is no ARN, or has none, is left out."""
    return frozenset(found[1] for arn in arns if (found := _ACCOUNT_OF_ARN.fullmatch(arn)))


def others(
    let_in: Iterator[tuple[Statement, str]], graph: Graph, listed: Iterable[str]
) -> Iterator[tuple[Statement, str]]:
    """Yield those of the accounts that statements let in which are not the program's own.

    Raises:
        UndecidedError: after the others; nothing is asked where no account is let in.
    """
    pairs, unknown = before_unknown(let_in)
    if pairs:
        own = own_accounts(graph, listed)
        yield from (pair for pair in pairs if pair[1] not in own)
    if unknown:
        raise unknown


def _of_resources(graph: Graph) -> Iterator[str]:
    for one in graph.resources.values():
        if one.type == PROVIDER:
            for key in _SAY_THE_ACCOUNT:
                for text in _texts(one, key):
                    yield from _ACCOUNT.findall(text)
        elif one.custom and not one.external:
            yield from accounts_in(_texts(one, "arn"))


def _texts(resource: Resource, key: str) -> Iterator[str]:
    value: Value = resource.fields.get(key)
    yield from (text for text in texts_in(value) if not is_unknown(text))
