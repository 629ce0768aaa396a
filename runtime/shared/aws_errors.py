"""What AWS refuses, said in the words of `runtime.shared.errors`."""

from collections.abc import Generator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from runtime.shared.errors import DeniedError, UnavailableError

_DENIED = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "403",  # a HEAD answer has no body, so botocore only knows its status
        "KMSAccessDeniedException",
        "KMS.AccessDeniedException",
        "UnauthorizedOperation",
    },
)
_TRANSIENT = frozenset(
    {
        "InternalError",
        "InternalServerError",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestTimeout",
        "ServiceUnavailable",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    },
)
_SERVER_ERROR = 500


def error_code(error: ClientError) -> str:
    """Return the service's own code, such as `NoSuchKey`, or "" when it gave none."""
    return error.response.get("Error", {}).get("Code", "")


@contextmanager
def calling(service: str) -> Generator[None]:
    """Turn a refused permission and a service that is down into their typed errors.

    `service` is the word the log uses. Every other code (a failed condition, a missing key) is an
    answer to the caller's question and passes unchanged.
    """
    try:
        yield
    except ClientError as error:
        code = error_code(error)
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        if code in _DENIED:
            raise DeniedError(f"{service} refused {error.operation_name}: {code}") from error
        if code in _TRANSIENT or status >= _SERVER_ERROR:
            raise UnavailableError(f"{service} did not {error.operation_name}: {code}") from error
        raise
    except BotoCoreError as error:
        raise UnavailableError(f"{service} was not reached: {type(error).__name__}") from error
