"""Bring the database to the schema of this code: safe to repeat and safe to run twice at once."""

from dataclasses import dataclass
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from psycopg import sql
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DataError

from runtime.shared.errors import InvalidRequestError

REVISIONS = Path(__file__).parent / "revisions"
# pgvector builds HNSW indexes up to this dimension (https://github.com/pgvector/pgvector#hnsw)
LARGEST_DIMENSION = 2000
# Any number, as long as every deployment uses the same one and nothing else does.
ADVISORY_LOCK = 7_268_451
LOCK_TIMEOUT = "240s"


@dataclass(frozen=True)
class AppRole:
    """The role that the other functions work as: it owns nothing and cannot pass row security."""

    name: str
    password: str | None
    """None lets it log in with IAM tokens only, as RDS does it: by membership in `rds_iam`."""


@dataclass(frozen=True)
class Migrated:
    """What the database is at now."""

    revision: str
    dimension: int


def migrate(engine: Engine, role: AppRole, dimension: int) -> Migrated:
    """Apply what is missing, under a lock, and return where the database stands.

    Raises InvalidRequestError when the dimension is impossible, or differs from that of vectors
    that are already stored.
    """
    if not 1 <= dimension <= LARGEST_DIMENSION:
        raise InvalidRequestError(f"dimension is {dimension}, allowed is 1 to {LARGEST_DIMENSION}")
    with engine.connect() as connection:
        connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'; SET statement_timeout = 0"))
        connection.execute(text(f"SELECT pg_advisory_lock({ADVISORY_LOCK})"))
        connection.commit()  # the lock belongs to the session, not to this transaction
        try:
            with connection.begin():
                _ensure_role(connection, role)
                connection.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
                _upgrade(connection, role, dimension)
                _ensure_dimension(connection, dimension)
                revision = MigrationContext.configure(connection).get_current_revision()
        finally:
            connection.execute(text(f"SELECT pg_advisory_unlock({ADVISORY_LOCK})"))
    return Migrated(revision or "", dimension)


def _upgrade(connection: Connection, role: AppRole, dimension: int) -> None:
    config = Config()
    config.set_main_option("script_location", str(REVISIONS))
    config.attributes.update(connection=connection, app_role=role.name, dimension=dimension)
    command.upgrade(config, "head")


def _ensure_role(connection: Connection, role: AppRole) -> None:
    """Create the role on first sight; later runs only bring its password up to date."""
    known = text("SELECT 1 FROM pg_roles WHERE rolname = :name")
    name = sql.Identifier(role.name)
    if connection.execute(known, {"name": role.name}).first() is None:
        _run(connection, sql.SQL("CREATE ROLE {} LOGIN").format(name))
    if role.password is None:
        _run(connection, sql.SQL("GRANT rds_iam TO {}").format(name))
    else:
        verifier = sql.Literal(_verifier(connection, role.name, role.password))
        _run(connection, sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, verifier))


def _verifier(connection: Connection, name: str, password: str) -> str:
    """Return what the server stores for a password, so that no statement log ever shows it."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        message = f"the migration needs psycopg, not {type(driver)}"
        raise TypeError(message)
    return driver.pgconn.encrypt_password(
        password.encode(), name.encode(), b"scram-sha-256"
    ).decode()


def _ensure_dimension(connection: Connection, dimension: int) -> None:
    """Resize the column while it holds nothing; PostgreSQL refuses where it holds vectors."""
    current = connection.execute(
        text(
            "SELECT atttypmod FROM pg_attribute"
            " WHERE attrelid = 'embeddings'::regclass AND attname = 'vector'"
        )
    ).scalar_one()
    if current == dimension:
        return
    try:
        # A number checked above, never a caller's text.
        connection.execute(text(f"ALTER TABLE embeddings ALTER vector TYPE vector({dimension:d})"))
    except DataError as error:
        raise InvalidRequestError(
            f"the stored vectors have {current} dimensions, the configuration says {dimension}: "
            "delete the rows of `embeddings`, deploy, and re-analyze the items"
        ) from error


def _run(connection: Connection, statement: sql.Composed) -> None:
    connection.exec_driver_sql(statement.as_string().replace("%", "%%"))
