"""Makes the database of a function out of its settings and AWS."""

from collections.abc import Callable
from pathlib import Path

from runtime.gallery.shared.clients import parameters_client, rds_client, secrets_client
from runtime.gallery.shared.database import Database, DatabaseSettings, engine
from runtime.gallery.shared.login import IamLogin, Login, SecretLogin
from runtime.gallery.shared.parameters import Parameters


def connected(settings: DatabaseSettings) -> Database:
    """Return the database these settings name; the first transaction opens the connection."""
    return Database(engine(settings, login_for(settings), authority_of(settings)))


def login_for(settings: DatabaseSettings) -> Login:
    """Return the way to log in: the secret if one is named, else an IAM token."""
    if settings.database_secret_arn:
        return SecretLogin(secrets_client(), settings.database_secret_arn)
    return IamLogin(
        rds_client(), settings.database_host, settings.database_port, settings.database_user
    )


RDS_BUNDLE = Path(__file__).with_name("rds-bundle.pem")
"""What the servers and proxies of RDS chain to: larger than a parameter may be, and public."""


def authority_of(settings: DatabaseSettings) -> Callable[[], str]:
    """Return what reads the PEM of the server's authority: RDS's, unless a parameter is named."""
    if not settings.database_ca_parameter:
        return RDS_BUNDLE.read_text
    parameters = Parameters(parameters_client())
    return lambda: parameters.value(settings.database_ca_parameter)
