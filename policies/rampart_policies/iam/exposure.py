"""Who outside is let in by a resource policy or a trust policy."""

import re
from collections.abc import Iterable, Iterator

from rampart_policies.iam.document import ANYONE, Statement
from rampart_policies.iam.match import is_any_resource

# Conditions that tie a service's request to the account or the resource it acts for.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
SOURCE_KEYS = ("aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths")

# Conditions that narrow everyone down to somebody.
IDENTITY_KEYS = (
    *SOURCE_KEYS,
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:vpcsourceip",
    "kms:calleraccount",
)

# Services that say for which resource they assume a role; Lambda and EC2 do not.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
SAYS_ITS_SOURCE = frozenset(
    f"{name}.amazonaws.com"
    for name in (
        "apigateway",
        "appsync",
        "bedrock",
        "cloudtrail",
        "codebuild",
        "config",
        "events",
        "firehose",
        "iot",
        "logs",
        "monitoring.rds",
        "pipes",
        "scheduler",
        "states",
        "vpc-flow-logs",
    )
)

# Conditions that narrow any resource down to those of an account or an organisation.
RESOURCE_KEYS = ("aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths")

_ACCOUNT = re.compile(r"(?:arn:aws[a-z-]*:(?:iam|sts)::)?(\d{12})(?:$|:)")


def open_to_the_world(granted: Iterable[Statement]) -> Iterator[Statement]:
    """Yield the statements that allow everyone, or everyone but some, without narrowing who."""
    for statement in granted:
        everyone = any(
            kind in ("AWS", "CanonicalUser", ANYONE) and name == ANYONE
            for kind, name in statement.principals
        )
        if (
            statement.allows
            and (everyone or statement.not_principals)
            and not statement.condition_on(*IDENTITY_KEYS)
        ):
            yield statement


def reaches_everywhere(granted: Iterable[Statement]) -> Iterator[Statement]:
    """Yield the statements that allow something on any account's resources."""
    for statement in granted:
        anything = statement.not_resources or any(map(is_any_resource, statement.resources))
        if statement.allows and anything and not statement.condition_on(*RESOURCE_KEYS):
            yield statement


def confused_deputies(granted: Iterable[Statement]) -> Iterator[tuple[Statement, str]]:
    """Yield each service let in without saying for whom it acts: (statement, service)."""
    for statement in granted:
        if statement.allows and not statement.condition_on(*SOURCE_KEYS):
            for kind, name in statement.principals:
                if kind == "Service":
                    yield statement, name


def other_accounts(
    granted: Iterable[Statement], own: Iterable[str]
) -> Iterator[tuple[Statement, str]]:
    """Yield each account let in that is not among our own: (statement, account id)."""
    ours = set(own)
    for statement in granted:
        if not statement.allows:
            continue
        for kind, name in statement.principals:
            account = _ACCOUNT.match(name)
            if kind == "AWS" and account and account[1] not in ours:
                yield statement, account[1]


def refuses_plain_http(granted: Iterable[Statement], action: str) -> bool:
    """Whether a statement denies everyone this action where `aws:SecureTransport` is false."""
    return any(
        not statement.allows
        and statement.speaks_of(action)
        and any(name == ANYONE for _, name in statement.principals)
        and any(
            operator.startswith("bool") and key == "aws:securetransport" and values == ("false",)
            for operator, key, values in statement.conditions
        )
        for statement in granted
    )
