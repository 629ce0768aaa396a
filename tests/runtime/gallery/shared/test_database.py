"""Connections are few, last, and come back."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from runtime.gallery.shared.database import Database
from runtime.shared.errors import UnavailableError
from tests.runtime.gallery.conftest import Server


def backend(database: Database) -> int:
    with database.transaction("acme") as session:
        return int(session.execute(text("SELECT pg_backend_pid()")).scalar_one())


def test_the_connection_survives_between_invocations(database: Database) -> None:
    # when
    backends = {backend(database) for _ in range(5)}

    # then
    assert len(backends) == 1


def test_a_connection_that_the_server_ended_is_replaced(
    server: Server, database: Database, database_name: str
) -> None:
    # given
    before = backend(database)
    with server.postgres._superuser(database_name) as superuser:
        superuser.execute("SELECT pg_terminate_backend(%s)", [before])

    # when
    after = backend(database)

    # then
    assert after != before


def test_work_goes_on_after_the_server_restarted(server: Server, database: Database) -> None:
    # given
    backend(database)
    server.postgres.stop()

    # when
    with pytest.raises(UnavailableError, match="the database did not answer"):
        backend(database)
    server.postgres.start()

    # then
    assert backend(database)


def test_a_hundred_concurrent_invocations_hold_a_hundred_connections_and_no_more(
    server: Server, database_name: str
) -> None:
    # given
    engines = [server.app(database_name) for _ in range(100)]
    count = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'gallery_app'"

    # when
    with ThreadPoolExecutor(20) as invocations:
        backends = list(invocations.map(lambda each: backend(Database(each)), engines * 3))
    with server.postgres._superuser(database_name) as superuser:
        held = superuser.execute(count).fetchone()

    # then
    assert held is not None
    assert held[0] <= 100
    assert len(set(backends)) == 100
    for engine in engines:
        engine.dispose()


def test_the_server_ends_idle_sessions_and_endless_statements(database: Database) -> None:
    # when
    with database.transaction("acme") as session:
        settings = [
            session.execute(text(f"SHOW {name}")).scalar()
            for name in ("idle_session_timeout", "statement_timeout")
        ]

    # then
    assert settings == ["1min", "20s"]


def test_no_temporary_file_outlives_the_handshake(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    # when
    backend(database)

    # then
    assert list(tmp_path.iterdir()) == []


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    # given
    insert = """INSERT INTO items (id, tenant_id, user_id, filename, file_path, size_bytes, status,
      etag, sequencer, revision) VALUES (gen_random_uuid(), 'acme', 'u', 'f', 'p', 1, 'ready', 'e',
      's', 'r')"""

    def insert_and_fail() -> None:
        with database.transaction("acme") as session:
            session.execute(text(insert))
            raise KeyError

    # when
    with pytest.raises(KeyError):
        insert_and_fail()

    # then
    with database.transaction("acme") as session:
        assert session.execute(text("SELECT count(*) FROM items")).scalar() == 0
