"""Values from Parameter Store: the database's authority, and the keys of external services."""

import time
from math import inf
from typing import TYPE_CHECKING

from pydantic import SecretStr

from runtime.shared.aws_errors import calling
from runtime.shared.errors import NotConfiguredError

if TYPE_CHECKING:
    from types_boto3_ssm import SSMClient

KEPT_SECONDS = 300
"""A key that an operator puts in place or rotates is used after this at the latest."""
UNSET = "unset"
"""A SecureString cannot be empty: this is its value until an operator puts the key there."""


class Parameters:
    """Reads parameters by name."""

    def __init__(self, client: "SSMClient") -> None:
        """Read through `client`, in the name of the function's role."""
        self._client = client
        self._keys: dict[str, tuple[float, SecretStr | None]] = {}

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
        read_at, key = self._keys.get(name, (-inf, None))
        if time.monotonic() - read_at > KEPT_SECONDS:
            key = self._key(name)
            self._keys[name] = time.monotonic(), key
        return key

    def _key(self, name: str) -> SecretStr | None:
        try:
            value = self.value(name)
        except NotConfiguredError:
            return None
        return None if value == UNSET else SecretStr(value)
