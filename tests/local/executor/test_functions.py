"""What a function sees and may do, and how it fails: as on AWS."""

import base64
import json
import socket
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from rampart_local.deploy import Deployment, FunctionError


def wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def test_a_function_sees_its_declared_variables_and_nothing_of_the_host(
    cloud: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setenv("HOST_SECRET", "hidden")

    # when
    environment: dict[str, str] = cloud.invoke("worker", {})["environment"]

    # then
    assert environment["WORD"] == "one"
    assert "HOST_SECRET" not in environment
    declared = {"WORD", "TABLE"}
    ours = {"HOME", "LANG", "LC_CTYPE", "PATH", "TMPDIR", "TZ", "LAMBDA_TASK_ROOT"}
    assert {name for name in environment if not name.startswith(("AWS_", "_"))} <= declared | ours
    assert not any("MINISTACK" in name for name in environment)


def test_a_forgotten_dependency_fails_though_this_environment_has_it(cloud: Deployment) -> None:
    # given
    import pydantic  # noqa: F401, PLC0415

    # when
    with pytest.raises(FunctionError) as caught:
        cloud.invoke("worker", {"import": "pydantic"})

    # then
    assert caught.value.kind == "ModuleNotFoundError"


def test_the_runtime_brings_boto3(cloud: Deployment) -> None:
    assert cloud.invoke("worker", {"import": "boto3"})


def test_a_layer_is_importable_by_the_function_that_has_it_and_by_no_other(
    cloud: Deployment,
) -> None:
    # when
    with pytest.raises(FunctionError) as caught:
        cloud.invoke("confined", {"import": "layered"})

    # then
    assert caught.value.kind == "ModuleNotFoundError"
    assert cloud.invoke("worker", {"import": "layered"})


def test_a_call_that_the_role_does_not_allow_is_denied(cloud: Deployment) -> None:
    # when
    with pytest.raises(FunctionError, match="AccessDenied") as caught:
        cloud.invoke("worker", {"scan": True})

    # then
    assert "dynamodb:Scan" in caught.value.message


def test_an_error_keeps_its_type_and_message(cloud: Deployment) -> None:
    # when
    with pytest.raises(FunctionError) as caught:
        cloud.invoke("worker", {"fail": "no luck"})

    # then
    assert (caught.value.kind, caught.value.message) == ("BrokenError", "no luck")


def test_a_late_function_is_ended_with_everything_it_started(cloud: Deployment) -> None:
    # given
    def spawned() -> bool:
        listed = subprocess.run(
            ["/bin/ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True
        )
        return "time.sleep(61.5)" in listed.stdout

    # when
    with pytest.raises(FunctionError) as caught:
        cloud.invoke("hasty", {"spawn": 61.5, "sleep": 10})

    # then
    assert caught.value.kind == "Sandbox.Timedout"
    assert "Task timed out after 1.00 seconds" in caught.value.message
    wait_until(lambda: not spawned())


def test_a_process_that_ends_is_reported_with_its_status(cloud: Deployment) -> None:
    # when
    with pytest.raises(FunctionError) as caught:
        cloud.invoke("worker", {"exit": 3})

    # then
    assert caught.value.kind == "Runtime.ExitError"
    assert "exit status 3" in caught.value.message


def test_a_handler_that_cannot_be_imported_is_reported_at_once(cloud: Deployment) -> None:
    # when
    with pytest.raises(FunctionError) as caught:
        cloud.invoke("broken", {})

    # then
    assert caught.value.kind == "Runtime.ImportModuleError"


def test_the_next_invocation_after_a_failure_works(cloud: Deployment) -> None:
    # given
    with pytest.raises(FunctionError):
        cloud.invoke("worker", {"exit": 1})

    # then
    assert cloud.invoke("worker", {})["environment"]["WORD"] == "one"


def test_what_a_function_prints_is_heard_and_kept(cloud: Deployment) -> None:
    # when
    cloud.invoke("worker", {"print": "a line worth keeping"})

    # then
    wait_until(lambda: any(line == "a line worth keeping" for _, line in cloud.logs))
    name = next(f.id for f in cloud.graph.of("aws:lambda/function:Function") if f.name == "worker")
    events = cloud.clients.logs.filter_log_events(logGroupName=f"/aws/lambda/{name}")["events"]
    assert any("a line worth keeping" in event.get("message", "") for event in events)


def test_a_function_without_a_way_out_reaches_aws_and_nothing_else(cloud: Deployment) -> None:
    # given
    with socket.create_server(("127.0.0.1", 0)) as outside:
        port = outside.getsockname()[1]
        aws_port = int(cloud.endpoint.rpartition(":")[2])

        # when
        with pytest.raises(FunctionError, match="no way out") as caught:
            cloud.invoke("confined", {"connect": ["127.0.0.1", port]})

        # then
        assert caught.value.kind == "OSError"
        assert cloud.invoke("confined", {"connect": ["127.0.0.1", aws_port]})
        assert cloud.invoke("worker", {"connect": ["127.0.0.1", port]})


def test_an_image_function_runs_from_its_build_context_with_the_projects_packages(
    cloud: Deployment,
) -> None:
    # when
    answer: dict[str, Any] = cloud.invoke("heavy", {"question": 1})

    # then
    assert answer["event"] == {"question": 1}
    assert answer["pydantic"]


def test_a_function_sees_the_client_context_of_its_own_invocation_only(cloud: Deployment) -> None:
    # given
    context = base64.b64encode(json.dumps({"custom": {"correlation_id": "\u00e9-1"}}).encode())

    # when
    answer = cloud.clients.lambda_.invoke(
        FunctionName=cloud.graph.one("aws:lambda/function:Function", "worker").id,
        ClientContext=context.decode(),
        Payload=b"{}",
    )
    without = cloud.invoke("worker", {})

    # then
    assert json.loads(answer["Payload"].read())["handed_over"] == {"correlation_id": "\u00e9-1"}
    assert without["handed_over"] is None


def test_the_api_answers_at_its_exported_address(cloud: Deployment) -> None:
    # given
    address = f"{cloud.exports['api_url']}/worker"

    # when
    answer = httpx.post(address, json={"nest": 0})

    # then
    assert answer.json() == {"levels": 0}


def test_nested_calls_beyond_the_limit_do_not_wait_for_each_other(cloud: Deployment) -> None:
    # when
    with ThreadPoolExecutor(9) as pool:
        answers = list(pool.map(lambda _: cloud.invoke("worker", {"nest": 3}), range(9)))

    # then
    assert [answer["levels"] for answer in answers] == [3] * 9


def test_work_beyond_the_limit_waits_and_none_is_lost(
    cloud: Deployment, state_folder: Path
) -> None:
    # given
    ids = {f"job-{number}" for number in range(40)}
    table, queue = cloud.exports["table"], cloud.exports["queue_url"]
    environments = state_folder / "aws" / "functions" / "environments"
    most = 0

    # when
    for id_ in ids:
        cloud.clients.sqs.send_message(QueueUrl=queue, MessageBody=json.dumps({"put": id_}))

    def done() -> bool:
        nonlocal most
        most = max(most, len(list(environments.iterdir())))
        items = cloud.clients.dynamodb.scan(TableName=table)["Items"]
        return ids <= {item["id"].get("S") for item in items}

    # then
    wait_until(done, 60)
    assert most <= 2 * 3 + 3  # two depths of running ones and the warm ones
