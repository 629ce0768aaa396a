"""An API answers a client as API Gateway does, whatever the function behind it does."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from rampart_local.deploy import Deployment

Headers = list[tuple[str, str]]


@pytest.fixture(autouse=True)
def warm(cloud: Deployment) -> None:
    """The integration waits one second, and a process takes longer to start on a busy machine."""
    cloud.invoke("worker", {})


def ask(
    cloud: Deployment, path: str, body: object = None, headers: Headers | None = None
) -> tuple[int, Any]:
    """Send a request as it is: no library touches its path or its headers."""
    address = urlsplit(cloud.exports["api_url"])
    connection = http.client.HTTPConnection(address.netloc, timeout=20)
    content = json.dumps(body or {}).encode()
    connection.putrequest("POST", f"{address.path}{path}")
    for name, value in [*(headers or []), ("Content-Length", str(len(content)))]:
        connection.putheader(name, value)
    connection.endheaders(content)
    response = connection.getresponse()
    read = response.read()
    connection.close()
    return response.status, json.loads(read) if read else None


@pytest.mark.parametrize(
    "order",
    [
        {"reply": "text"},
        {"reply": None},
        {"reply": 7},
        {"reply": [1]},
        {"reply": {}},
        {"reply": {"message": "no key of an answer"}},
        {"reply": {"statusCode": 200, "body": {"an": "object"}}},
        {"reply": {"statusCode": "fine", "body": ""}},
        {"fail": "a secret path"},
    ],
)
def test_an_answer_that_is_none_is_a_502_that_tells_nothing(
    cloud: Deployment, order: dict[str, Any]
) -> None:
    # then
    assert ask(cloud, "/items/1", order) == (502, {"message": "Internal server error"})


def test_a_function_may_answer_any_status_itself(cloud: Deployment) -> None:
    # given
    reply = {"statusCode": 502, "body": json.dumps({"message": "of my own"})}

    # then
    assert ask(cloud, "/items/1", {"reply": reply}) == (502, {"message": "of my own"})


def test_an_api_waits_as_long_as_its_integration_says(cloud: Deployment) -> None:
    # then
    late = ask(cloud, "/items/1", {"sleep": 3})
    assert late == (504, {"message": "Endpoint request timed out"})
    assert ask(cloud, "/items/1", {"sleep": 0.2})[0] == 200


@pytest.mark.parametrize("escape", ["%2F", "%2f"])
def test_an_escaped_slash_is_a_part_of_its_segment(cloud: Deployment, escape: str) -> None:
    # when
    status, seen = ask(cloud, f"/items/my-id{escape}100")

    # then
    assert status == 200
    assert seen["resource"] == "/items/{id}"
    assert seen["pathParameters"] == {"id": "my-id%2F100"}


def test_another_segment_is_another_resource(cloud: Deployment) -> None:
    # then
    assert ask(cloud, "/items/my-id/100")[0] == 403


def test_repeated_values_arrive_all_and_in_order(cloud: Deployment) -> None:
    # when
    _, seen = ask(
        cloud,
        "/items/1?tag=b&tag=a&empty=&word=a%20b%2Bc",
        headers=[("X-Tag", "one"), ("X-Tag", "two")],
    )

    # then
    assert seen["multiValueQueryStringParameters"] == {
        "tag": ["b", "a"],
        "empty": [""],
        "word": ["a b+c"],
    }
    assert seen["queryStringParameters"]["tag"] == "a"
    headers = {name.lower(): values for name, values in seen["multiValueHeaders"].items()}
    assert headers["x-tag"] == ["one", "two"]
