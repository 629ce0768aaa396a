"""A real PostgreSQL for the tests of Gallery, one per session, one database per test."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from psycopg import sql
from sqlalchemy import Engine

from rampart_local.standins.postgres import Login, Postgres
from runtime.gallery.migration.core import AppRole, migrate
from runtime.gallery.shared.database import Database, DatabaseSettings, engine

DIMENSION = 3
APP_USER, APP_PASSWORD = "gallery_app", "only for tests"


@dataclass(frozen=True)
class Password:
    """A login that knows its password."""

    value: str

    def password(self) -> str:
        return self.value


@dataclass
class Server:
    """The running server and the two ways to log in: as owner, and as the functions do."""

    postgres: Postgres

    @property
    def login(self) -> Login:
        return self.postgres.login

    def engine(self, database: str, user: str, password: str) -> Engine:
        settings = DatabaseSettings.model_validate(
            {
                "DATABASE_HOST": self.login.host,
                "DATABASE_PORT": self.login.port,
                "DATABASE_NAME": database,
                "DATABASE_USER": user,
                "DATABASE_SECRET_ARN": "",
                "DATABASE_CA_PARAMETER": "",
            }
        )
        authority = self.login.certificate_authority
        return engine(settings, Password(password), lambda: authority)

    def owner(self, database: str) -> Engine:
        return self.engine(database, self.login.user, self.login.password)

    def app(self, database: str) -> Engine:
        return self.engine(database, APP_USER, APP_PASSWORD)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="rampart-test-gallery-"))
    with Postgres(folder, database="template", admin="gallery_owner") as postgres:
        running = Server(postgres)
        owner = running.owner("template")
        migrate(owner, AppRole(APP_USER, APP_PASSWORD), DIMENSION)
        owner.dispose()
        yield running
    shutil.rmtree(folder)


@pytest.fixture
def empty_database(server: Server) -> Iterator[str]:
    """Name of a database that holds nothing but the extension."""
    yield from _database(server, "template1", extension=True)


@pytest.fixture
def database_name(server: Server) -> Iterator[str]:
    """Name of a database with the tables, without rows."""
    yield from _database(server, "template", extension=False)


@pytest.fixture
def database(server: Server, database_name: str) -> Iterator[Database]:
    """The database as the functions see it."""
    app = server.app(database_name)
    yield Database(app)
    app.dispose()


def _database(server: Server, template: str, *, extension: bool) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    create = "CREATE DATABASE {} TEMPLATE {} OWNER gallery_owner"
    with server.postgres._superuser("postgres") as connection:
        names = sql.Identifier(name), sql.Identifier(template)
        connection.execute(sql.SQL(create).format(*names))
    if extension:
        with server.postgres._superuser(name) as connection:
            connection.execute("CREATE EXTENSION vector")
    yield name
    with server.postgres._superuser("postgres") as connection:
        drop = "DROP DATABASE {} WITH (FORCE)"
        connection.execute(sql.SQL(drop).format(sql.Identifier(name)))
