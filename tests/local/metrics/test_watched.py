"""Each failure lets the alarm ring that is for it, and no other."""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError

import pytest
from botocore.exceptions import ClientError

from rampart_local.deploy import Deployment, FunctionError, deploy

PROGRAM = Path(__file__).parents[1] / "watched"
SECONDS = 15


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deploy(PROGRAM, stack="dev", state_folder=tmp_path_factory.mktemp("watched")) as cloud:
        yield cloud


def fail_often(cloud: Deployment) -> None:
    for _ in range(11):
        with suppress(FunctionError):
            cloud.invoke("worker", {"fail": "on purpose"})


def call_what_is_stopped(cloud: Deployment) -> None:
    with pytest.raises(ClientError, match="TooManyRequests"):
        cloud.invoke("stopped", {})


def leave_a_message(cloud: Deployment) -> None:
    cloud.clients.sqs.send_message(QueueUrl=cloud.exports["letters"], MessageBody="x")


def send_an_event_where_no_policy_lets(cloud: Deployment) -> None:
    entry = {"Source": "shop", "DetailType": "Ordered", "Detail": "{}"}
    cloud.clients.events.put_events(Entries=[entry])  # pyright: ignore[reportArgumentType]  # a plain dict


def start_what_fails(cloud: Deployment) -> None:
    cloud.clients.stepfunctions.start_execution(stateMachineArn=cloud.exports["machine"])


def answer_502_often(cloud: Deployment) -> None:
    for _ in range(11):
        request = urllib.request.Request(  # noqa: S310  # the embedded AWS's
            f"{cloud.exports['api_url']}/worker", data=json.dumps({"status": 502}).encode()
        )
        with suppress(HTTPError), urllib.request.urlopen(request):  # noqa: S310  # as above
            pass


def print_a_metric(cloud: Deployment) -> None:
    cloud.invoke("worker", {"orders": 4})


def refuse_a_condition(cloud: Deployment) -> None:
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        cloud.clients.dynamodb.put_item(
            TableName="table", Item={"id": {"S": "1"}}, ConditionExpression="attribute_exists(id)"
        )


@pytest.mark.parametrize(
    ("fail", "alarm"),
    [
        (fail_often, "worker-errors"),
        (call_what_is_stopped, "stopped-throttled"),
        (leave_a_message, "letters-waiting"),
        (send_an_event_where_no_policy_lets, "ordered-failed"),
        (start_what_fails, "machine-failed"),
        (answer_502_often, "api-errors"),
        (print_a_metric, "orders-many"),
        (refuse_a_condition, "table-refused"),
    ],
)
def test_a_failure_rings_its_own_alarm_and_no_other(
    watched: Deployment, fail: Callable[[Deployment], None], alarm: str
) -> None:
    # given
    before = ringing(watched)
    told(watched)

    # when
    fail(watched)

    # then
    deadline = time.monotonic() + SECONDS
    while alarm not in ringing(watched) - before and time.monotonic() < deadline:
        time.sleep(0.3)
    # All alarms are judged in one pass: another one would ring too.
    assert ringing(watched) - before == {alarm}
    assert {name for name, state in told(watched) if state == "ALARM"} == {alarm}


def test_an_alarm_is_kept_with_its_metric_math(watched: Deployment) -> None:
    # when
    found = [
        each
        for each in watched.clients.cloudwatch.describe_alarms()["MetricAlarms"]
        if "worker-errors" in each.get("AlarmName", "")
    ]

    # then
    assert [each.get("Id") for each in found[0].get("Metrics", [])] == [
        "faults",
        "requests",
        "judged",
    ]


def test_alarms_without_data_follow_their_rule(watched: Deployment) -> None:
    # then
    states = {
        str(each.get("AlarmName")).rsplit("-", 1)[0]: each.get("StateValue")
        for each in watched.clients.cloudwatch.describe_alarms()["MetricAlarms"]
    }
    assert states["orders-elsewhere"] == "INSUFFICIENT_DATA"
    assert states["waiting-old"] == "OK"
    assert states["table-broken"] == "OK"


def ringing(cloud: Deployment) -> set[str]:
    found = cloud.clients.cloudwatch.describe_alarms(StateValue="ALARM")["MetricAlarms"]
    return {str(each.get("AlarmName")).rsplit("-", 1)[0] for each in found}


def told(cloud: Deployment) -> list[tuple[str, str]]:
    """Take what the topic has sent."""
    found: list[tuple[str, str]] = []
    inbox = cloud.exports["inbox"]
    while messages := cloud.clients.sqs.receive_message(QueueUrl=inbox, MaxNumberOfMessages=10).get(
        "Messages"
    ):
        for message in messages:
            body = json.loads(message.get("Body", "{}"))
            found.append((body["AlarmName"].rsplit("-", 1)[0], body["NewStateValue"]))
            cloud.clients.sqs.delete_message(
                QueueUrl=inbox, ReceiptHandle=message.get("ReceiptHandle", "")
            )
    return found
