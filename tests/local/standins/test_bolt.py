import subprocess
from pathlib import Path
from typing import LiteralString

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, Neo4jError, ServiceUnavailable

from rampart_local.standins.bolt import BoltServer


def run(server: BoltServer, query: LiteralString, **parameters: object) -> list[dict[str, object]]:
    with GraphDatabase.driver(
        server.uri, auth=(server.username, server.password), max_transaction_retry_time=0
    ) as driver:
        answer = driver.execute_query(query, parameters, database_=server.database)
        return [record.data() for record in answer.records]


def test_the_graph_is_ready_when_started_and_gone_when_stopped() -> None:
    # given
    server = BoltServer()

    # when
    server.start()
    folder = Path(str(server._folder))
    running = run(server, "UNWIND $numbers AS n RETURN n * 2 AS doubled", numbers=[1, 2])
    server.stop()

    # then
    assert running == [{"doubled": 2}, {"doubled": 4}]
    with pytest.raises(ServiceUnavailable):
        run(server, "RETURN 1")
    assert not folder.exists()


def test_the_graph_its_password_and_its_address_survive_a_restart(
    tmp_path: Path,
) -> None:
    # given
    with BoltServer(tmp_path) as first:
        before = dict(first.values())
        run(first, "MERGE (c:City {name: $name})", name="Ulm")

    # when
    with BoltServer(tmp_path) as second:
        after = dict(second.values())
        listed = subprocess.run(["ps", "axww"], capture_output=True, check=True).stdout  # noqa: S607
        cities = run(second, "MATCH (c:City) RETURN c.name AS name")
        with (
            pytest.raises((AuthError, Neo4jError)),
            GraphDatabase.driver(second.uri, auth=(second.username, "guessed")) as driver,
        ):
            driver.execute_query("RETURN 1")

    # then
    assert before == after
    assert cities == [{"name": "Ulm"}]
    assert after["password"].encode() not in listed
    assert (tmp_path / "password.secret").stat().st_mode & 0o077 == 0


def test_a_server_left_behind_by_a_killed_run_is_ended_first(tmp_path: Path) -> None:
    # given: nobody calls stop on the first
    first = BoltServer(tmp_path)
    first.start()
    left_behind = first._process
    assert left_behind is not None

    # when
    with BoltServer(tmp_path) as second:
        answer = run(second, "RETURN 1 AS one")

    # then
    assert answer == [{"one": 1}]
    assert left_behind.wait(5) == -9
