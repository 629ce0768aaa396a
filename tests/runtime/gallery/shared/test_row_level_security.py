"""PostgreSQL itself keeps the tenants apart, whatever the functions' code asks for."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, delete, func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from runtime.gallery.shared.models import Item, Table
from tests.runtime.gallery.conftest import Server

TABLES = sorted((one.class_ for one in Table.registry.mappers), key=lambda one: one.__name__)
ROWS = """
INSERT INTO items (id, tenant_id, user_id, filename, file_path, size_bytes, status, etag, sequencer,
  revision) VALUES (:item, :tenant, 'u', 'f', 'p', 1, 'ready', 'e', 's', 'r');
INSERT INTO analyses (id, tenant_id, item_id, user_id, version, request_id, category, summary,
  raw_response, provider_used, model_used, trace_id)
  VALUES (:item, :tenant, :item, 'u', 1, 'r', 'c', 's', '{}', 'local', 'm', 't');
INSERT INTO embeddings (id, tenant_id, item_id, analysis_id, user_id, vector, embedding_model,
  embedding_dimensions, embedding_source)
  VALUES (:item, :tenant, :item, :item, 'u', '[1,2,3]', 'm', 3, '{}');
INSERT INTO deletions (item_id, tenant_id, sequencer, receipt) VALUES (:item, :tenant, 's', '{}');
"""
ACME_ITEM = "00000000-0000-0000-0000-00000000000a"
GLOBEX_ITEM = "00000000-0000-0000-0000-00000000000b"


def work_as(connection: Connection, tenant: str) -> None:
    connection.execute(text("SELECT set_config('app.tenant', :t, true)"), {"t": tenant})


def fill(connection: Connection, tenant: str, item: str) -> None:
    for statement in ROWS.split(";")[:-1]:
        connection.execute(text(statement), {"item": item, "tenant": tenant})


@pytest.fixture
def app(server: Server, database_name: str) -> Iterator[Engine]:
    engine = server.app(database_name)
    for tenant, item in (("acme", ACME_ITEM), ("globex", GLOBEX_ITEM)):
        with engine.begin() as connection:
            work_as(connection, tenant)
            fill(connection, tenant, item)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("table", TABLES)
def test_a_tenant_sees_its_own_rows_only(app: Engine, table: type[Item]) -> None:
    # given
    with app.begin() as connection:
        work_as(connection, "acme")

        # when
        seen = connection.execute(select(table.tenant_id)).scalars().all()

    # then
    assert seen == ["acme"]


@pytest.mark.parametrize("table", TABLES)
def test_without_a_tenant_nothing_is_visible(app: Engine, table: type[Item]) -> None:
    # given
    with app.begin() as connection:
        # when
        seen = connection.execute(select(func.count()).select_from(table)).scalar()

    # then
    assert seen == 0


def test_a_finished_transaction_leaves_no_tenant_behind(app: Engine) -> None:
    # given
    with app.begin() as connection:
        work_as(connection, "acme")

    # when
    with app.begin() as connection:
        seen = connection.execute(text("SELECT count(*) FROM items")).scalar()

    # then
    assert seen == 0


@pytest.mark.parametrize("table", TABLES)
def test_nothing_of_another_tenant_can_be_changed_or_deleted(
    app: Engine, table: type[Item]
) -> None:
    # given
    theirs = table.tenant_id != "acme"
    with app.begin() as connection:
        work_as(connection, "acme")

        # when
        changed = connection.execute(update(table).where(theirs).values(tenant_id="acme")).rowcount
        deleted = connection.execute(delete(table).where(theirs)).rowcount

    # then
    assert (changed, deleted) == (0, 0)
    with app.begin() as connection:
        work_as(connection, "globex")
        assert connection.execute(select(table.tenant_id)).scalars().all() == ["globex"]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM items WHERE tenant_id = 'globex' OR true",
        "SELECT count(*) FROM items JOIN analyses ON true WHERE analyses.tenant_id = 'globex'",
        "SELECT count(*) FROM items WHERE id = '00000000-0000-0000-0000-00000000000b'",
        "WITH x AS (SELECT * FROM embeddings) SELECT count(*) FROM x WHERE tenant_id = 'globex'",
    ],
)
def test_raw_sql_of_the_functions_role_finds_nothing_of_another_tenant(
    app: Engine, statement: str
) -> None:
    # given
    with app.begin() as connection:
        work_as(connection, "acme")

        # when
        seen = connection.execute(text(statement)).scalar()

    # then
    own = 1 if "OR true" in statement else 0
    assert seen == own


def test_a_row_cannot_be_written_for_another_tenant(app: Engine) -> None:
    # given
    with app.begin() as connection:
        work_as(connection, "acme")

        # when, then
        with pytest.raises(DBAPIError, match="row-level security"):
            fill(connection, "globex", "00000000-0000-0000-0000-00000000000c")


def test_a_row_cannot_be_given_to_another_tenant(app: Engine) -> None:
    # given
    with app.begin() as connection:
        work_as(connection, "acme")

        # when, then
        with pytest.raises(DBAPIError, match="row-level security"):
            connection.execute(text("UPDATE embeddings SET tenant_id = 'globex'"))


def test_a_row_cannot_refer_to_another_tenants_item(app: Engine) -> None:
    # given
    statement = """
    INSERT INTO analyses (id, tenant_id, item_id, user_id, version, request_id, category, summary,
      raw_response, provider_used, model_used, trace_id)
      VALUES (gen_random_uuid(), 'acme', :item, 'u', 2, 'x', 'c', 's', '{}', 'l', 'm', 't')
    """
    with app.begin() as connection:
        work_as(connection, "acme")

        # when, then
        with pytest.raises(IntegrityError, match="foreign key"):
            connection.execute(text(statement), {"item": GLOBEX_ITEM})


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE items DISABLE ROW LEVEL SECURITY",
        "DROP POLICY tenant ON items",
        "SET ROLE gallery_owner",
        "TRUNCATE items",
        "CREATE TABLE mine (id int)",
    ],
)
def test_the_functions_cannot_lift_the_rule(app: Engine, statement: str) -> None:
    # given
    with app.begin() as connection:
        work_as(connection, "acme")

        # when, then
        with pytest.raises(DBAPIError, match=r"owner|permission denied"):
            connection.execute(text(statement))


def test_not_even_the_owner_reads_across_tenants(server: Server, app: Engine) -> None:
    # given
    owner = server.owner(_name(app))

    # when
    with owner.connect() as connection:
        seen = connection.execute(text("SELECT count(*) FROM items")).scalar()
    owner.dispose()

    # then
    assert seen == 0


def _name(app: Engine) -> str:
    with app.connect() as connection:
        return str(connection.execute(text("SELECT current_database()")).scalar())
