"""How a connection proves who it is: an IAM token on AWS, a password from a secret elsewhere.

Connections are opened rarely, so nothing is cached: a rotated password is picked up at once.
"""

from typing import TYPE_CHECKING, Protocol

from pydantic import SecretStr

from runtime.shared.aws_errors import calling
from runtime.shared.shape import Shape

if TYPE_CHECKING:
    from types_boto3_rds import RDSClient
    from types_boto3_secretsmanager import SecretsManagerClient


class Login(Protocol):
    """Gives the password of a new connection."""

    def password(self) -> str:
        """Return a password that is valid now."""
        ...


class Credentials(Shape):
    """The JSON that RDS and our own secrets keep."""

    username: str
    password: SecretStr


class SecretLogin:
    """The password kept in Secrets Manager."""

    def __init__(self, client: "SecretsManagerClient", secret_arn: str) -> None:
        """Read `secret_arn` anew for every connection."""
        self._client, self._secret_arn = client, secret_arn

    def password(self) -> str:
        """Return the current password."""
        with calling("secretsmanager"):
            answer = self._client.get_secret_value(SecretId=self._secret_arn)
        return Credentials.model_validate_json(answer["SecretString"]).password.get_secret_value()


class IamLogin:
    """A token signed with the function's own role; it is valid for 15 minutes.

    https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html
    """

    def __init__(self, client: "RDSClient", host: str, port: int, user: str) -> None:
        """Sign for exactly this host, port and user."""
        self._client, self._host, self._port, self._user = client, host, port, user

    def password(self) -> str:
        """Return a new token; signing is local and calls nothing."""
        return self._client.generate_db_auth_token(
            DBHostname=self._host, Port=self._port, DBUsername=self._user
        )
