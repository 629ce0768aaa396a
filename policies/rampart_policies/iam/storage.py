"""S3 as a caller: a bucket's ARN names no account, so that its account has to be tested as well.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
"""

from collections.abc import Iterable, Iterator

from rampart_policies.iam.requesters import service
from rampart_policies.iam.search import keeps_out
from rampart_policies.iam.statement import Statement
from rampart_policies.values import UndecidedError, is_unknown

STORAGE = "s3.amazonaws.com"


def lets_storage_in(statement: Statement) -> bool:
    """Whether a statement allows S3 something.

    Raises:
        UndecidedError: a principal is not known, and none of the others is S3.
    """
    if statement.effect is False:
        return False
    if ("Service", STORAGE) in statement.principals:
        return statement.allows
    if any(kind == "Service" and is_unknown(name) for kind, name in statement.principals):
        raise UndecidedError(*statement.hangs_on())
    return False


def untested(statement: Statement, key: str) -> bool:
    """Whether the tests on a key let S3 in for buckets, or accounts, that they do not name.

    Raises:
        UndecidedError: that hangs on something unknown.
    """
    kept = keeps_out(statement, key.lower(), service(STORAGE))
    if kept is None:
        raise UndecidedError(*statement.hangs_on())
    return not kept


def without_account(granted: Iterable[Statement]) -> Iterator[Statement]:
    """Yield the statements that let S3 in for a bucket, whoever owns it."""
    for statement in granted:
        named = lets_storage_in(statement) and not untested(statement, "aws:SourceArn")
        if named and untested(statement, "aws:SourceAccount"):
            yield statement
