"""A changed resource is changed in AWS: each type is changed and read back."""

from collections.abc import Iterator

import pulumi
import pytest

from pulumi_rampart.testing import Graph, record
from rampart_local import aws
from rampart_local.clients import Clients
from rampart_local.cloud import LaptopCloud
from rampart_local.server import AwsServer
from rampart_local.state import State
from tests.local.changed_resources import CASES
from tests.local.changed_resources.case import Case
from tests.local.every_type import program
from tests.local.every_type.documents import ACCOUNT

# Types whose change is seen with another one, or that have nothing to read back.
ELSEWHERE = {
    "aws:apigateway/account:Account": "one for the account",
    "aws:apigateway/deployment:Deployment": "a change makes another one: the stage shows it",
    "aws:lambda/layerVersion:LayerVersion": "a change makes another version: functions show it",
    "aws:s3/bucket:Bucket": "nothing of it can be changed but its tags",
    "aws:signer/signingJob:SigningJob": "a change makes another job: functions show it",
    "docker:index/image:Image": "nothing is built",
}


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clients]:
    server = AwsServer(
        tmp_path_factory.mktemp("aws"),
        region="eu-central-1",
        account=ACCOUNT,
        log=lambda _function, _line: None,
    )
    server.start()
    yield Clients(server.endpoint, "eu-central-1", ACCOUNT)
    server.stop()


def with_inputs(*, after: bool) -> None:
    """Run the program with each case's inputs."""

    def transform(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
        for case in CASES.get(args.type_, ()):
            if case.name == args.name:
                props = {**args.props, **(case.after if after else case.before)}
                kept = {key: value for key, value in props.items() if value is not None}
                return pulumi.ResourceTransformResult(props=kept, opts=args.opts)
        return None

    pulumi.runtime.register_resource_transform(transform)
    program()


def deployed(clients: Clients, state: State, *, after: bool) -> tuple[Graph, LaptopCloud]:
    cloud = LaptopCloud(clients, state)
    try:
        graph = record(lambda: with_inputs(after=after), cloud=cloud)
    except Exception as error:
        raise cloud.failure or error from error
    return graph, cloud


@pytest.fixture(scope="module")
def state() -> State:
    return State()


@pytest.fixture(scope="module")
def graph(clients: Clients, state: State) -> Graph:
    deployed(clients, state, after=False)
    graph, cloud = deployed(clients, state, after=True)
    cloud.delete_rest()
    assert not cloud.created
    return graph


@pytest.mark.parametrize(
    ("type_", "case"), [(type_, case) for type_, cases in CASES.items() for case in cases]
)
def test_a_change_is_what_aws_shows(clients: Clients, graph: Graph, type_: str, case: Case) -> None:
    # given
    resource = graph.one(type_, case.name)

    # when
    shown = case.show(clients, resource.id, {**resource.inputs, **resource.outputs})

    # then
    assert shown == case.shown


def test_every_type_can_be_deleted() -> None:
    # then
    assert aws.CREATORS.keys() == aws.DELETERS.keys()


def test_every_type_that_has_an_updater_is_changed_and_read_back() -> None:
    # then
    assert aws.UPDATERS.keys() <= CASES.keys() | ELSEWHERE.keys()


@pytest.mark.usefixtures("graph")
def test_a_whole_stack_is_deleted_in_order(clients: Clients, state: State) -> None:
    # given
    assert state.resources

    # when: a program that declares nothing
    cloud = LaptopCloud(clients, state)
    record(lambda: None, cloud=cloud)
    cloud.delete_rest()

    # then
    assert not state.resources
    assert not clients.dynamodb.list_tables()["TableNames"]
    assert not clients.lambda_.list_functions()["Functions"]
    assert not clients.sqs.list_queues().get("QueueUrls")
    assert not clients.s3.list_buckets()["Buckets"]
