"""Values from Parameter Store: the database's authority, and the keys of external services."""

from typing import TYPE_CHECKING

from pydantic import SecretStr

from runtime.shared.aws_errors import calling
from runtime.shared.errors import NotConfiguredError

if TYPE_CHECKING:
    from types_boto3_ssm import SSMClient

UNSET = "unset"
"""A SecureString cannot be empty: this is its value until an operator puts the key there."""


class Parameters:
    """Reads parameters by name."""

    def __init__(self, client: "SSMClient") -> None:
        """Read through `client`, in the name of the function's role."""
        self._client = client

    def value(self, name: str) -> str:
        """Return a parameter's decrypted value; NotConfiguredError when there is none."""
        try:
            with calling("ssm"):
                answer = self._client.get_parameter(Name=name, WithDecryption=True)
        except self._client.exceptions.ParameterNotFound as error:
            raise NotConfiguredError(f"there is no parameter {name}") from error
        return answer["Parameter"].get("Value", "")

    def key(self, name: str) -> SecretStr | None:
        """Return an external service's key, or None while no operator has provided one."""
        if not name:
            return None
        try:
            value = self.value(name)
        except NotConfiguredError:
            return None
        return None if value == UNSET else SecretStr(value)
