"""Every registered creator creates, and finds again what it created."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pulumi_rampart.testing import Graph, record
from rampart_local import aws
from rampart_local.clients import Clients
from rampart_local.cloud import LaptopCloud
from rampart_local.server import AwsServer
from rampart_local.state import State
from tests.local.every_type import program
from tests.local.every_type.documents import ACCOUNT


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AwsServer]:
    server = AwsServer(
        tmp_path_factory.mktemp("aws"),
        region="eu-central-1",
        account=ACCOUNT,
        log=lambda _function, _line: None,
    )
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def clients(server: AwsServer) -> Clients:
    return Clients(server.endpoint, "eu-central-1", ACCOUNT)


@pytest.fixture(scope="module")
def state() -> State:
    return State()


@pytest.fixture(scope="module")
def graph(clients: Clients, state: State) -> Graph:
    cloud = LaptopCloud(clients, state)
    try:
        return record(program, cloud=cloud)
    except Exception as error:
        raise cloud.failure or error from error


def test_a_secret_without_a_value_has_none(clients: Clients, graph: Graph) -> None:
    # given
    secret = graph.one("aws:secretsmanager/secret:Secret", "empty").id

    # then
    with pytest.raises(clients.secretsmanager.exceptions.ResourceNotFoundException):
        clients.secretsmanager.get_secret_value(SecretId=secret)


def test_what_can_be_changed_in_place_is(clients: Clients, state: State, graph: Graph) -> None:
    # given
    changeable = {type_ for type_, creator in aws.CREATORS.items() if creator.again}
    changeable |= aws.UPDATERS.keys()
    stale = {
        one.urn: replace(state.resources[one.urn], digest="of other inputs", inputs=None)
        for one in graph.resources
        if one.type in changeable
    }
    before = State(resources={**state.resources, **stale})

    # when
    cloud = LaptopCloud(clients, before)
    try:
        record(program, cloud=cloud)
    except Exception as error:
        raise cloud.failure or error from error

    # then
    assert stale.keys() <= set(cloud.changed)
    assert not cloud.created


@pytest.mark.parametrize("type_", sorted(aws.CREATORS))
def test_a_creator_gives_an_id(graph: Graph, type_: str) -> None:
    # given
    resources = graph.of(type_)

    # then
    assert resources, f"the program of every_type has no {type_}"
    assert all(each.id for each in resources)


def test_the_program_has_no_type_without_a_creator(graph: Graph) -> None:
    # given
    types = {each.type for each in graph.resources if each.custom}

    # then
    assert types <= aws.CREATORS.keys()
