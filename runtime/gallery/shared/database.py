"""The connection to PostgreSQL: one per execution environment, kept between invocations.

Lambda runs one invocation at a time in an execution environment, so a pool of one is enough, and
a hundred concurrent invocations hold a hundred connections and no more. The server ends sessions
that idle (a frozen environment cannot close its own); the check before each use replaces a
connection that was ended, by that or by a restart of the server.
"""

import os
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from runtime.gallery.shared.login import Login
from runtime.shared.errors import UnavailableError
from runtime.shared.settings import Settings

# Aurora Serverless that scaled to zero takes about 15 s to resume
# (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html)
CONNECT_TIMEOUT_SECONDS = 20
STATEMENT_TIMEOUT = "20s"
IDLE_SESSION_TIMEOUT = "60s"
TENANT_SETTING = "app.tenant"
"""The run-time parameter that the row level security policies compare with."""


class DatabaseSettings(Settings):
    """Where the database is and how to log in."""

    database_host: str
    database_port: int
    database_name: str
    database_user: str
    database_secret_arn: str
    """Secret with {"username", "password"}; "" logs in with an IAM token instead."""
    database_ca_parameter: str
    """Parameter with the PEM of the authority behind the server's certificate; "" is RDS's own."""


class Database:
    """Transactions in the name of one tenant."""

    def __init__(self, engine: Engine) -> None:
        """Wrap an engine; `engine` makes the right one."""
        self._engine = engine

    @contextmanager
    def transaction(self, tenant: str) -> Generator[Session]:
        """Open a transaction that sees and writes this tenant's rows only.

        Commits at the end, rolls back on an exception. Raises UnavailableError when the server
        cannot be reached or ends the connection.
        """
        try:
            with Session(self._engine) as session, session.begin():
                # Local to the transaction: nothing of it is left for the next one.
                session.execute(select(func.set_config(TENANT_SETTING, tenant, True)))  # noqa: FBT003  SQL has no keywords
                yield session
        except (OperationalError, InterfaceError) as error:
            # The driver's message may quote the statement's values: they stay in the cause.
            raise UnavailableError("the database did not answer") from error


def engine(settings: DatabaseSettings, login: Login, authority: Callable[[], str]) -> Engine:
    """Return an engine of one connection; nothing is opened before its first use.

    Args:
        settings: where the server is.
        login: gives the password of a new connection.
        authority: gives the PEM that the server's certificate has to chain to.

    """

    def open_connection() -> psycopg.Connection[Any]:
        with _file_with(authority()) as root_certificate:
            return psycopg.connect(
                host=settings.database_host,
                port=settings.database_port,
                dbname=settings.database_name,
                user=settings.database_user,
                password=login.password(),
                sslmode="verify-full",
                sslrootcert=str(root_certificate),
                connect_timeout=CONNECT_TIMEOUT_SECONDS,
                application_name=os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "gallery"),
                options=(
                    f"-c statement_timeout={STATEMENT_TIMEOUT}"
                    f" -c idle_session_timeout={IDLE_SESSION_TIMEOUT}"
                    f" -c idle_in_transaction_session_timeout={STATEMENT_TIMEOUT}"
                ),
            )

    return create_engine(
        "postgresql+psycopg://",
        creator=open_connection,
        pool_size=1,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=True,
    )


@contextmanager
def _file_with(text: str) -> Generator[Path]:
    """Give libpq the file it insists on, for the time of the handshake."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "authority.pem"
        file.write_text(text)
        yield file
