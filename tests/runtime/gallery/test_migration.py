"""The migration brings any database to the one schema, and no further."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from runtime.gallery.migration.core import AppRole, migrate
from runtime.gallery.shared.models import Table
from runtime.shared.errors import InvalidRequestError
from tests.runtime.gallery.conftest import APP_PASSWORD, APP_USER, Server

ROLE = AppRole(APP_USER, APP_PASSWORD)
ROW = """
SET app.tenant = 'acme';
INSERT INTO items (id, tenant_id, user_id, filename, file_path, size_bytes, status, etag, sequencer,
  revision) VALUES (gen_random_uuid(), 'acme', 'u', 'f', 'p', 1, 'received', 'e', 's', 'r');
INSERT INTO analyses (id, tenant_id, item_id, user_id, version, request_id, category, summary,
  raw_response, provider_used, model_used, trace_id)
  SELECT gen_random_uuid(), 'acme', id, 'u', 1, 'r', 'c', 's', '{}', 'local', 'm', 't' FROM items;
INSERT INTO embeddings (id, tenant_id, item_id, analysis_id, user_id, vector, embedding_model,
  embedding_dimensions, embedding_source)
  SELECT gen_random_uuid(), 'acme', item_id, id, 'u', '[1,2,3]', 'm', 3, '{}' FROM analyses;
"""


def test_a_second_run_changes_nothing(server: Server, empty_database: str) -> None:
    # given
    owner = server.owner(empty_database)
    first = migrate(owner, ROLE, 3)

    # when
    second = migrate(owner, ROLE, 3)

    # then
    assert first == second
    assert second.revision == "0002"
    owner.dispose()


def test_four_runs_at_once_apply_every_revision_once(server: Server, empty_database: str) -> None:
    # given
    owners = [server.owner(empty_database) for _ in range(4)]

    # when
    with ThreadPoolExecutor(4) as runs:
        done = list(runs.map(lambda owner: migrate(owner, ROLE, 3), owners))

    # then
    assert {each.revision for each in done} == {"0002"}
    for owner in owners:
        owner.dispose()


def test_the_tables_are_those_of_the_models(server: Server, database_name: str) -> None:
    # given
    owner = server.owner(database_name)

    # when
    with owner.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        differences = compare_metadata(context, Table.metadata)
    owner.dispose()

    # then
    assert differences == []


def test_the_dimension_is_configuration_as_long_as_no_vector_is_stored(
    server: Server, database_name: str
) -> None:
    # given
    owner = server.owner(database_name)

    # when
    migrate(owner, ROLE, 1024)

    # then
    with owner.connect() as connection:
        kind = "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
        where = " WHERE attrelid = 'embeddings'::regclass AND attname = 'vector'"
        assert connection.execute(text(kind + where)).scalar() == "vector(1024)"
    owner.dispose()


def test_a_dimension_that_contradicts_stored_vectors_is_refused_and_nothing_is_lost(
    server: Server, database_name: str
) -> None:
    # given
    owner = server.owner(database_name)
    with owner.begin() as connection:
        connection.execute(text(ROW))

    # when
    with pytest.raises(InvalidRequestError, match="have 3 dimensions, the configuration says 4"):
        migrate(owner, ROLE, 4)

    # then
    with owner.begin() as connection:
        connection.execute(text("SET app.tenant = 'acme'"))
        assert connection.execute(text("SELECT count(*) FROM embeddings")).scalar() == 1
    owner.dispose()


@pytest.mark.parametrize("dimension", [0, 2001])
def test_an_impossible_dimension_is_refused_before_anything_is_touched(
    server: Server, empty_database: str, dimension: int
) -> None:
    # given
    owner = server.owner(empty_database)

    # when, then
    with pytest.raises(InvalidRequestError, match="allowed is 1 to 2000"):
        migrate(owner, ROLE, dimension)
    with owner.connect() as connection:
        assert connection.execute(text("SELECT to_regclass('items')")).scalar() is None
    owner.dispose()


def test_the_role_of_the_functions_can_neither_pass_row_security_nor_own_anything(
    server: Server, database_name: str
) -> None:
    # given
    owner = server.owner(database_name)

    # when
    with owner.connect() as connection:
        rights = connection.execute(
            text(
                "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
                " WHERE rolname = :name"
            ),
            {"name": APP_USER},
        ).one()
        owned = connection.execute(
            text("SELECT count(*) FROM pg_class WHERE relowner = to_regrole(:name)"),
            {"name": APP_USER},
        ).scalar()
    owner.dispose()

    # then
    assert tuple(rights) == (False, False, False, False)
    assert owned == 0
