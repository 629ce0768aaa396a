"""The real graph, through Neo4j's driver."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, LiteralString, TypeVar

from neo4j import Driver, GraphDatabase, ManagedTransaction, Session
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConstraintError,
    DatabaseError,
    DriverError,
    TransientError,
)
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from runtime.libraries.neo4j import queries
from runtime.shared.contracts.neo4j import Chunk, Context, Document, Related
from runtime.shared.errors import InvalidRequestError, NotConfiguredError, UnavailableError

# Rows of one UNWIND: large enough to save round trips, small enough for the server's memory.
BATCH_ROWS = 500

CONTEXT_ENTITIES = 20
"""Names a context has at most."""

LONGEST_NAME = 200
"""Characters of an entity's name. Neo4j's indexes refuse keys of more than 8167 bytes.
https://neo4j.com/developer/kb/index-limitations-and-workaround
"""

Result = TypeVar("Result")


class Neo4jGraph:
    """Implements `Graph`. Every error is one of `runtime.shared.errors`."""

    def __init__(self, uri: str, username: str, password: str, database: str) -> None:
        """Prepare; connects on first use, and makes constraints and indexes that are missing."""
        self._database = database
        self._has_schema = False
        with explaining():
            # Typed without its settings, which are keywords of any kind.
            self._driver: Driver = GraphDatabase.driver(  # pyright: ignore[reportUnknownMemberType]
                uri,
                auth=(username, password),
                connection_timeout=5,
                connection_acquisition_timeout=10,
                max_transaction_retry_time=5,
                # A connection may be closed while the function is frozen between invocations.
                liveness_check_timeout=15,
                max_connection_lifetime=600,
                telemetry_disabled=True,
            )

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

    def index(self, tenant: str, document: Document, chunks: Sequence[Chunk]) -> None:
        """Replace one version of a document: readers see the old state or the new, never half."""

        def replace(transaction: ManagedTransaction) -> None:
            place = {
                "tenant": tenant,
                "document_id": document.id,
                "version": document.version,
            }
            _delete(transaction, {**place, "keep_version": None})
            named = {"title": document.title, "filename": document.filename}
            transaction.run(queries.CREATE_DOCUMENT, {**place, **named}).consume()
            for query, rows in _rows(document, chunks):
                for batch in _batches(rows):
                    transaction.run(query, {**place, "rows": batch}).consume()

        self._write(replace)

    def count(self, tenant: str, document_id: str, version: str | None) -> int:
        """Count the chunks of one version as readers reach them, or all that are left of any."""
        parameters = {"tenant": tenant, "document_id": document_id, "version": version}
        query = queries.COUNT if version else queries.COUNT_ALL
        (found,) = self._read(query, parameters)
        return int(found["count"])

    def delete(
        self, tenant: str, document_id: str, version: str | None, keep_version: str | None
    ) -> int:
        """Delete versions with their sections, and the entities that nothing mentions any more."""
        parameters = {
            "tenant": tenant,
            "document_id": document_id,
            "version": version,
            "keep_version": keep_version,
        }
        return self._write(lambda transaction: _delete(transaction, parameters))

    def context(self, tenant: str, chunk_ids: Sequence[str], limit: int) -> Context:
        """Return the chunks beside, then those that mention the same, rarest entities first."""
        asked: dict[str, Any] = {"tenant": tenant, "ids": list(chunk_ids), "limit": limit}
        rows = [*self._read(queries.NEIGHBOURS, asked), *self._read(queries.SHARING, asked)]
        related: dict[str, Related] = {}
        for row in rows:
            related.setdefault(row["chunk_id"], Related.model_validate(row))
        entities = self._read(queries.ENTITIES, {**asked, "limit": CONTEXT_ENTITIES})
        return Context(
            related=list(related.values())[:limit],
            entities=[str(row["name"]) for row in entities],
        )

    def mentioning(self, tenant: str, terms: Sequence[str], limit: int) -> Context:
        """Return the chunks that mention the terms, rarest terms first, and the terms found."""
        asked = {"tenant": tenant, "terms": list(terms), "limit": limit}
        related = [Related.model_validate(row) for row in self._read(queries.MENTIONING, asked)]
        found = {name for one in related for name in one.entities}
        return Context(related=related, entities=[term for term in terms if term in found])

    def _read(self, query: LiteralString, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        def read(transaction: ManagedTransaction) -> list[dict[str, Any]]:
            return transaction.run(query, parameters).data()

        with explaining():
            self._ensure_schema()
            with self._session() as session:
                return session.execute_read(read)

    def _write(self, work: Callable[[ManagedTransaction], Result]) -> Result:
        """Run a transaction; the driver repeats it after transient failures."""

        def write() -> Result:
            with self._session() as session:
                return session.execute_write(work)

        with explaining():
            self._ensure_schema()
            return _after_lost_races()(write)

    def _session(self) -> Session:
        # Typed without its settings, which are keywords of any kind.
        return self._driver.session(  # pyright: ignore[reportUnknownMemberType]
            database=self._database
        )

    def _ensure_schema(self) -> None:
        if self._has_schema:
            return
        for statement in queries.SCHEMA:
            _after_lost_races()(self._driver.execute_query, statement, database_=self._database)
        self._has_schema = True


def _after_lost_races() -> Retrying:
    """Repeat what lost a race: two transactions that both make a new entity collide."""
    return Retrying(
        retry=retry_if_exception_type(ConstraintError),
        wait=wait_random_exponential(multiplier=0.05, max=1),
        stop=stop_after_attempt(8),
        reraise=True,
    )


def _delete(transaction: ManagedTransaction, parameters: dict[str, Any]) -> int:
    mentioned = [row["name"] for row in transaction.run(queries.MENTIONED, parameters).data()]
    (deleted,) = transaction.run(queries.DELETE_CHUNKS, parameters).data()
    transaction.run(queries.DELETE_SECTIONS, parameters).consume()
    transaction.run(queries.DELETE_DOCUMENTS, parameters).consume()
    for names in _batches(mentioned):
        orphans = {"tenant": parameters["tenant"], "names": names}
        transaction.run(queries.DELETE_UNMENTIONED, orphans).consume()
    return int(deleted["count"])


Rows = list[dict[str, Any]]


def _rows(document: Document, chunks: Sequence[Chunk]) -> Iterator[tuple[LiteralString, Rows]]:
    """Return what to create, in order; chunks under the same headings share a section."""
    sections: dict[tuple[str, ...], str] = {}
    for chunk in chunks:
        number = len(sections)
        sections.setdefault(tuple(chunk.headings), f"{document.id}#{document.version}#{number}")
    yield (
        queries.CREATE_SECTIONS,
        [{"id": key, "headings": list(path)} for path, key in sections.items()],
    )
    fields = {"id", "index", "text", "headings", "page"}
    yield (
        queries.CREATE_CHUNKS,
        [
            {**chunk.model_dump(include=fields), "section": sections[tuple(chunk.headings)]}
            for chunk in chunks
        ],
    )
    ordered = sorted(chunks, key=lambda chunk: chunk.index)
    yield queries.CREATE_ORDER, [{"id": a.id, "next": b.id} for a, b in pairwise(ordered)]
    # In the order of their names, so that two transactions lock them in the same order.
    mentions = sorted(
        {(name, chunk.id) for chunk in chunks for name in chunk.keywords if _is_name(name)}
    )
    yield queries.CREATE_MENTIONS, [{"id": key, "name": name} for name, key in mentions]


def _is_name(word: str) -> bool:
    """Tell whether a word can be an entity's key; a line in base64, say, names nothing."""
    return 0 < len(word) <= LONGEST_NAME


def _batches(rows: Sequence[Result]) -> Iterable[Sequence[Result]]:
    return (rows[start : start + BATCH_ROWS] for start in range(0, len(rows), BATCH_ROWS))


@contextmanager
def explaining() -> Generator[None]:
    """Translate the driver's exceptions; a mistake in a query passes as what it is."""
    try:
        yield
    except UnicodeError:
        # The error quotes the text, so it is not shown with this one.
        raise InvalidRequestError(
            "a text has half of a surrogate pair, which UTF-8 cannot carry: send whole characters"
        ) from None
    except AuthError as error:
        raise NotConfiguredError("the graph refused the username and password") from error
    except (ConfigurationError, ValueError) as error:
        raise NotConfiguredError(f"the graph's address is wrong: {type(error).__name__}") from error
    except (DriverError, DatabaseError, TransientError, ConstraintError) as error:
        raise UnavailableError(f"the graph did not answer: {type(error).__name__}") from error
