"""What AWS refuses when a program is deployed is refused here, and what it takes is taken."""

import json
from collections.abc import Callable, Iterator

import pulumi
import pulumi_aws as aws
import pytest

from pulumi_rampart.testing import record
from rampart_local.clients import Clients
from rampart_local.cloud import LaptopCloud
from rampart_local.server import AwsServer
from rampart_local.state import State
from tests.local.every_type.documents import ACCOUNT, CODE, trust


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


def function(name: str, *, timeout: int = 3, **variables: str) -> aws.lambda_.Function:
    role = aws.iam.Role(name, assume_role_policy=trust("lambda"))
    return aws.lambda_.Function(
        name,
        role=role.arn,
        runtime="python3.13",
        handler="app.handle",
        timeout=timeout,
        code=pulumi.FileArchive(str(CODE)),
        environment={"variables": variables},
    )


def short_visibility() -> None:
    queue = aws.sqs.Queue("short", visibility_timeout_seconds=30)
    aws.lambda_.EventSourceMapping(
        "short", event_source_arn=queue.arn, function_name=function("slow", timeout=60).arn
    )


def mixed_dead_letters() -> None:
    dead = aws.sqs.Queue("standard")
    policy = dead.arn.apply(
        lambda arn: json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 3})
    )
    aws.sqs.Queue("ordered", fifo_queue=True, redrive_policy=policy)


@pytest.mark.parametrize(
    ("program", "message"),
    [
        (
            short_visibility,
            "Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds",
        ),
        (mixed_dead_letters, "Dead-letter queue must be same type of queue as the source"),
        (lambda: function("wordy", WORDS="x" * 4096), "exceeded the 4KB limit"),
    ],
)
def test_it_is_refused_with_the_reason(
    clients: Clients, program: Callable[[], object], message: str
) -> None:
    # given
    cloud = LaptopCloud(clients, State())

    # when
    with pytest.raises(Exception, match=message):
        record(program, cloud=cloud)

    # then
    assert message in str(cloud.failure)


def test_the_most_that_is_taken_is_taken(clients: Clients) -> None:
    # given
    def program() -> None:
        queue = aws.sqs.Queue("enough", visibility_timeout_seconds=60)
        reader = function("reader", timeout=60, WORDS="x" * (4096 - len('{"WORDS":""}')))
        aws.lambda_.EventSourceMapping(
            "enough", event_source_arn=queue.arn, function_name=reader.arn
        )

    # when
    cloud = LaptopCloud(clients, State())
    record(program, cloud=cloud)

    # then
    assert len(cloud.created) == 4


def test_two_regions_are_two(clients: Clients) -> None:
    # given
    def program() -> None:
        there = aws.Provider("there", region="us-west-2")
        here = aws.sqs.Queue("here", name="orders")
        other = aws.sqs.Queue(
            "there",
            name="orders",
            visibility_timeout_seconds=77,
            opts=pulumi.ResourceOptions(provider=there),
        )
        region = aws.get_region_output(opts=pulumi.InvokeOptions(provider=there)).region
        pulumi.export("arns", [here.arn, other.arn])
        pulumi.export("region", region)

    # when
    state = State()
    cloud = LaptopCloud(clients, state)
    graph = record(program, config={"aws:region": "eu-central-1"}, cloud=cloud)

    # then
    assert [arn.split(":")[3] for arn in graph.exports["arns"]] == ["eu-central-1", "us-west-2"]
    assert graph.exports["region"] == "us-west-2"
    found = [
        each.sqs.get_queue_attributes(
            QueueUrl=each.sqs.get_queue_url(QueueName="orders")["QueueUrl"],
            AttributeNames=["VisibilityTimeout"],
        )["Attributes"]["VisibilityTimeout"]
        for each in (clients, clients.in_region("us-west-2"))
    ]
    assert found == ["30", "77"]

    # when: both are gone from the program
    cloud = LaptopCloud(clients, state)
    record(lambda: None, cloud=cloud)
    cloud.delete_rest()

    # then
    for each in (clients, clients.in_region("us-west-2")):
        urls = each.sqs.list_queues().get("QueueUrls", [])
        assert not [url for url in urls if url.endswith("/orders")]


def test_names_of_one_letter_are_names(clients: Clients) -> None:
    # given
    def program() -> None:
        aws.sqs.Queue("q", name="q")
        aws.sns.Topic("t", name="t")
        aws.iam.Role("r", name="r", assume_role_policy=trust("lambda"))
        aws.cloudwatch.EventBus("b", name="b")
        role = aws.iam.Role("f", assume_role_policy=trust("lambda"))
        aws.lambda_.Function(
            "f",
            name="f",
            role=role.arn,
            runtime="python3.13",
            handler="app.handle",
            code=pulumi.FileArchive(str(CODE)),
        )

    # when
    cloud = LaptopCloud(clients, State())
    record(program, cloud=cloud)

    # then
    assert len(cloud.created) == 6
    assert clients.lambda_.get_function_configuration(FunctionName="f").get("FunctionName") == "f"
