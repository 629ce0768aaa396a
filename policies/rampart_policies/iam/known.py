"""Which values a policy names for certain, and which it leaves to a wildcard.

An account is known when its whole number is there, a bucket when its whole name is: the texts of
everybody else are what is left.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache

from rampart_policies.iam.conditions import Test
from rampart_policies.iam.wildcards import Texts, Wildcard, escaped, unescaped_variables
from rampart_policies.values import is_unknown


class Shape(Enum):
    """How values of a kind look."""

    ACCOUNT = "account"
    ADDRESS = "address"
    ARN = "arn"
    ENDPOINT = "endpoint"
    NAME = "name"
    ORGANIZATION = "organization"
    ORGANIZATION_PATH = "organization path"
    SUBJECT = "subject"
    UNIQUE_ID = "unique id"
    VPC = "vpc"


_DIGITS = "0123456789"
_SHAPES = {
    Shape.ACCOUNT: (Wildcard("?" * 12),),
    Shape.ARN: (
        Wildcard("arn:aws*:*:*:????????????:*", by_part=True),
        Wildcard("arn:aws*:*:*::*", by_part=True),  # buckets, APIs
    ),
    Shape.ENDPOINT: (Wildcard("vpce-*"),),
    Shape.ORGANIZATION: (Wildcard("o-*"),),
    Shape.ORGANIZATION_PATH: (Wildcard("o-*/*"),),
    Shape.VPC: (Wildcard("vpc-*"),),
}

_ACCOUNT_IN_ARN = re.compile(r"arn:[^:]*:[^:]*:[^:]*:(\d{12}):")
_WITHOUT_ACCOUNT = re.compile(r"arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*)::(.*)")
# S3 names no region and no account, so that older policies leave both to wildcards.
_BUCKET = re.compile(r"arn:(aws[a-z-]*|\*):s3:\*?:\*?:([^*?/]+)(?:/.*)?")
_ORGANIZATION_OF_PATH = re.compile(r"(o-[a-z0-9]+)/")
_OWNER_OF_SESSION = re.compile(r"(A[A-Z0-9]{3,}|\d{12}):")  # AROA...:session, account:user
# repo:acme/..., organization:acme:...; of Kubernetes system:serviceaccount:<namespace>:...
_TENANT_OF_SUBJECT = re.compile(
    r"(system:serviceaccount:[^:*?]+:|(?!system:serviceaccount:)[^:/*?]+[:/][^:/*?]+[:/])"
)
_NAMES_OF_KINDS = {"apigateway": 3}  # /restapis/<id>: the name is the third segment


@lru_cache(maxsize=4096)
def texts_beside(shape: Shape, named: frozenset[str]) -> Texts:
    """Return the texts of a shape that belong to nobody named in these values."""
    without = frozenset(one for value in named for one in _reserved(shape, value))
    return Texts(
        _SHAPES.get(shape, (Wildcard("*"),)),
        tuple(Wildcard(one) for one in sorted(without)),
        _DIGITS if shape is Shape.ACCOUNT else "",
    )


def known_texts(shape: Shape, tests: Iterable[Test]) -> Texts:
    """Return the texts of a shape that belong to nobody the tests name."""
    return texts_beside(shape, frozenset(_values(tests)))


def _values(tests: Iterable[Test]) -> Iterator[str]:
    for test in tests:
        wild = "like" in test.base or test.base.startswith("arn")
        for value in test.values:
            if not is_unknown(value) and "${" not in unescaped_variables(value):
                yield value if wild else escaped(value)


def _reserved(shape: Shape, value: str) -> Iterator[str]:
    """Yield wildcards for what a value names: itself where it is whole, and all that is its own."""
    if "*" not in value and "?" not in value:
        yield value
    if shape is Shape.ARN:
        if account := _ACCOUNT_IN_ARN.match(value):
            yield f"*:{account[1]}:*"
        elif bucket := _BUCKET.fullmatch(value):
            yield from (f"arn:{bucket[1]}:s3:*:{bucket[2]}", f"arn:{bucket[1]}:s3:*:{bucket[2]}/*")
        elif bare := _WITHOUT_ACCOUNT.fullmatch(value):
            yield from _resource_without_account(*bare.groups())
    elif shape is Shape.ORGANIZATION_PATH and (found := _ORGANIZATION_OF_PATH.match(value)):
        yield f"{found[1]}/*"
    elif shape is Shape.SUBJECT and (found := _TENANT_OF_SUBJECT.match(value)):
        yield f"{found[1]}*"
    elif shape is Shape.UNIQUE_ID and (found := _OWNER_OF_SESSION.match(value)):
        yield f"{found[1]}:*"


def _resource_without_account(
    partition: str, service: str, region: str, name: str
) -> Iterator[str]:
    segments = name.split("/")
    position = _NAMES_OF_KINDS.get(service, 1)
    whole = segments[:position]
    if len(segments) >= position and whole[-1] and not set("*?") & set("".join(whole)):
        prefix = f"arn:{partition}:{service}:{region}::{'/'.join(whole)}"
        yield from (prefix, f"{prefix}/*")
