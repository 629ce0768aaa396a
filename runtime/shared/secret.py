"""Secrets of the image functions: read by ARN when first needed, never from the environment."""

from aws_lambda_powertools.utilities.parameters import SecretsProvider
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError
from botocore.config import Config
from botocore.exceptions import ClientError

from runtime.shared.aws_errors import calling, error_code
from runtime.shared.errors import NotConfiguredError

# A rotated secret is picked up within this time, without a call for every invocation.
MAX_AGE_SECONDS = 300

# What Secrets Manager answers while a secret exists without a value, is scheduled for deletion,
# or does not exist.
_WITHOUT_VALUE = frozenset({"ResourceNotFoundException", "InvalidRequestException"})

_QUICK = Config(
    connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}
)


class Secrets:
    """Secrets Manager with a cache; build one outside the handler."""

    def __init__(self) -> None:
        self._provider = SecretsProvider(boto_config=_QUICK)

    def read(self, arn: str) -> str:
        """Return the secret's value.

        Raises NotConfiguredError when an operator has not set one yet, DeniedError when the
        function may not read it, UnavailableError when Secrets Manager cannot be reached.
        """
        if not arn:
            raise NotConfiguredError("no secret is configured")
        try:
            value = self._get(arn)
        except GetParameterError as error:
            _explain(error)
            raise
        if not isinstance(value, str) or not value.strip():
            raise NotConfiguredError("the secret has no value")
        return value.strip()

    def _get(self, arn: str) -> object:
        # Its type has a bare dict in it, for values that are transformed, which these are not.
        return self._provider.get(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            arn, max_age=MAX_AGE_SECONDS
        )


def _explain(error: GetParameterError) -> None:
    """Raise what the failure means; Powertools wraps every cause in the same error."""
    cause = error.__context__
    if isinstance(cause, KeyError):  # an answer with neither a text nor bytes
        raise NotConfiguredError("the secret has no value") from error
    if isinstance(cause, ClientError) and error_code(cause) in _WITHOUT_VALUE:
        raise NotConfiguredError("the secret has no value") from error
    if isinstance(cause, Exception):
        with calling("secretsmanager"):
            raise cause
