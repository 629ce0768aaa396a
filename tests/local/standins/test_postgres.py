"""The PostgreSQL stand-in behaves as the database a function meets on AWS."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from rampart_local.standins.postgres import Login, Postgres


@pytest.fixture
def folder() -> Iterator[Path]:
    # Not tmp_path: its parents are closed to the unprivileged user that runs the server.
    path = Path(tempfile.mkdtemp(prefix="rampart-test-pg-"))
    yield path
    shutil.rmtree(path)


def connect(login: Login, authority: Path, **changes: str) -> psycopg.Connection:
    authority.write_text(login.certificate_authority)
    options = {
        "host": login.host,
        "port": str(login.port),
        "dbname": login.database,
        "user": login.user,
        "password": login.password,
        "sslmode": "verify-full",
        "sslrootcert": str(authority),
    }
    return psycopg.connect(**(options | changes))  # pyright: ignore[reportArgumentType]  only text


def test_the_administrator_reaches_pgvector_over_verified_tls(folder: Path, tmp_path: Path) -> None:
    # given
    with Postgres(folder, database="shop", admin="shop_owner") as server:
        # when
        with connect(server.login, tmp_path / "ca.pem") as connection:
            distance = connection.execute("SELECT '[1,0]'::vector <=> '[0,1]'").fetchone()
            superuser = connection.execute(
                "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()

        # then
        assert distance == (1.0,)
        assert superuser == (False,)


def test_a_client_without_tls_or_with_a_wrong_password_is_turned_away(
    folder: Path, tmp_path: Path
) -> None:
    # given
    with Postgres(folder, database="shop", admin="shop_owner") as server:
        # when, then
        with pytest.raises(psycopg.OperationalError):
            connect(server.login, tmp_path / "ca.pem", sslmode="disable")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            connect(server.login, tmp_path / "ca.pem", password="guess")


def test_data_address_and_trust_survive_a_restart(folder: Path, tmp_path: Path) -> None:
    # given
    first = Postgres(folder, database="shop", admin="shop_owner")
    first.start()
    before = first.login
    with connect(before, tmp_path / "ca.pem") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")

    # when
    first.stop()
    with Postgres(folder, database="shop", admin="shop_owner") as again:
        after = again.login
        with connect(after, tmp_path / "ca.pem") as connection:
            kept = connection.execute("SELECT number FROM kept").fetchone()

    # then
    assert after == before
    assert kept == (7,)


def test_a_server_left_behind_by_a_killed_run_is_replaced(folder: Path, tmp_path: Path) -> None:
    # given
    forgotten = Postgres(folder, database="shop", admin="shop_owner")
    forgotten.start()

    # when
    with (
        Postgres(folder, database="shop", admin="shop_owner") as server,
        connect(server.login, tmp_path / "ca.pem") as connection,
    ):
        answer = connection.execute("SELECT 1").fetchone()

    # then
    assert answer == (1,)
    forgotten.stop()


def test_stopping_leaves_neither_process_nor_socket_nor_port(folder: Path, tmp_path: Path) -> None:
    # given
    server = Postgres(folder, database="shop", admin="shop_owner")
    server.start()
    login, sockets = server.login, server._sockets

    # when
    server.stop()

    # then
    with pytest.raises(psycopg.OperationalError):
        connect(login, tmp_path / "ca.pem")
    assert not (folder / "data" / "postmaster.pid").exists()
    assert sockets
    assert not sockets.exists()
    with pytest.raises(RuntimeError, match="not running"):
        _ = server.login
